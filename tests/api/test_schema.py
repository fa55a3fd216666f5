"""The OpenAPI document is true: it is valid, and calls made from it get what it says."""

from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import settings as sizes
from openapi_spec_validator import validate
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
def api(cast, settings):
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    passes(cast.event)
    config = SchemathesisConfig.from_dict({"seed": 2018, "generation": {"mode": "all", "allow-x00": True}})
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)


schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@sizes(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_call_gets_what_the_document_says(case, key):
    if "event" in case.path_parameters and len(str(case.path_parameters["event"])) % 2:
        case.path_parameters["event"] = "nec-2018"
    headers = {}
    if case.operation.label.startswith("POST") and uuid4().int % 4:
        headers = key("registration")
    case.call_and_validate(headers=headers, checks=CHECKS)
