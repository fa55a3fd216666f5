"""The OpenAPI document is true: it is valid, and calls made from it get what it says."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as sizes
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from encommun.api.views.description import document
from encommun.wsgi import application
from tests.checkin.passes import passes

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
)


def test_the_document_is_valid():
    validate(document())


@pytest.fixture
def api(cast, settings, monkeypatch):
    # As Django's own test client does: the test's transaction outlives the request.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    monkeypatch.setattr("encommun.ui.public_pages.close_old_connections", lambda: None)
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    passes(cast.event)
    config = SchemathesisConfig.from_dict({"seed": 2018, "generation": {"mode": "all", "allow-x00": True}})
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


OPERATIONS = [f"{method.upper()} {path}" for path, methods in document()["paths"].items() for method in methods]


#: An operation without parameters cannot be called wrongly.
CALLS = [
    (label, mode) for label in OPERATIONS for mode in GenerationMode if (label, mode) != (OPERATIONS[0], GenerationMode.NEGATIVE)
]


@pytest.mark.parametrize(("label", "mode"), CALLS)
def test_every_call_gets_what_the_document_says(api, key, label, mode):
    operation = next(one.ok() for one in api.get_all_operations() if one.ok().label == label)
    header = key("registration")

    @given(case=operation.as_strategy(generation_mode=mode), here=st.booleans(), with_key=st.booleans())
    @sizes(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def run(case, here, with_key):
        if here and mode == GenerationMode.POSITIVE and "event" in case.path_parameters:
            case.path_parameters["event"] = "nec-2018"
        case.call_and_validate(headers={"Accept-Encoding": "identity"} | (header if with_key else {}), checks=CHECKS)

    run()
