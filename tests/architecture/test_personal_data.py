"""A field that looks like a person's and that no package declares (``personal_data.py``) fails here.

Declare it in your package's ``HOLDINGS``; or, when it is nobody's, write it below with the reason.
"""

import re

from django.apps import apps
from django.db import models

from encommun.privacy.queries import all_holdings

#: Names of fields that hold something about a person, wherever they stand.
LOOKS_LIKE = re.compile(
    r"email|phone|(^|_)recipient|(^|_)holder|structure_name|first_name|last_name|full_name|birth|postal|siret|iban|account|buyer|payer"
    r"|^(actor|by|decided_by|made_by|sent_by|written_by|author_name|person)$"
)
#: Models about people, whose «name» is a person's.
PEOPLE = {"people.Account", "call.Author", "programme.Part", "commons.Credit", "registration.Seat", "registration.Booking"}

#: What looks like a person's and is not, with the reason.
EXCEPTIONS = {
    "events.Event.contact_email": "the gathering's own address, public",
    "invoicing.Issuer.bank_holder": "the body that invoices, as its bank names it",
    "invoicing.Issuer.contact_email": "the address of the accounts of the body that invoices, printed on invoices",
    "invoicing.Issuer.iban": "the account of the body that invoices",
    "invoicing.Issuer.phone": "the telephone of the body that invoices, printed on invoices",
    "invoicing.Issuer.siret": "the number of a body, not of a person",
    "payment.TransferAccount.holder": "the body that organises the gathering, as its bank names it",
    "payment.TransferAccount.iban": "the account of the body that organises the gathering",
    "people.Structure.siret": "the number of a body, not of a person",
}


def looks_like_a_person(model: type[models.Model], field: models.Field) -> bool:
    if isinstance(field, models.EmailField) or LOOKS_LIKE.search(field.name):
        return True
    if field.is_relation and field.related_model._meta.label == "people.Account":
        return True
    return field.name == "name" and model._meta.label in PEOPLE


def fields_about_people() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for config in apps.get_app_configs()
        if config.name.startswith("encommun.")
        for model in config.get_models()
        for field in model._meta.concrete_fields
        if looks_like_a_person(model, field)
    }


def declared() -> set[str]:
    return {f"{holding.model}.{name}" for holding in all_holdings() for name in holding.fields}


def test_every_field_that_looks_like_a_persons_is_declared():
    missing = sorted(fields_about_people() - declared() - set(EXCEPTIONS))
    by_package: dict[str, list[str]] = {}
    for name in missing:
        by_package.setdefault(name.partition(".")[0], []).append(name)
    said = "\n".join(f"encommun/{package}/personal_data.py: {', '.join(names)}" for package, names in by_package.items())
    assert not missing, f"Not declared in any HOLDINGS:\n{said}"


def test_what_is_declared_exists():
    unknown = []
    for holding in all_holdings():
        model = apps.get_model(holding.model)
        names = {field.name for field in model._meta.get_fields()}
        unknown += [f"{holding.model}.{name}" for name in holding.fields if name not in names]
    assert unknown == []


def test_the_exceptions_are_still_needed():
    assert sorted(set(EXCEPTIONS) - fields_about_people()) == []


def test_each_model_is_declared_once():
    names = [holding.model for holding in all_holdings()]
    assert sorted({name for name in names if names.count(name) > 1}) == []
