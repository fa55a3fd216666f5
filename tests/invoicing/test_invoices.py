"""Issuing: refusals first, then what an invoice says, credit notes, and what the database refuses."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from encommun.foundation.actor import SYSTEM
from encommun.foundation.refusals import NotAllowed
from encommun.invoicing import tasks
from encommun.invoicing.commands import (
    BillingText,
    correct_order,
    credit_invoice,
    give_billing,
    issue_invoice,
    make_paper,
    note_step,
    order_quote,
)
from encommun.invoicing.models import Invoice, Paper, Series, Step
from encommun.invoicing.queries import Total, rest_of, total_of, what_does_not_hold
from encommun.invoicing.refusals import (
    BillingMissing,
    CreditReasonMissing,
    NoIssuer,
    NothingToInvoice,
    NotPaidYet,
    OrderInvoiced,
    OrderNotComplete,
    RejectionWithoutReason,
    ServiceNotDone,
    StepNotPossible,
    TooMuchToCredit,
)
from encommun.journal.models import Entry
from encommun.payment.commands import refund_payment
from encommun.registration.commands import cancel_booking
from tests.cast import NOW
from tests.invoicing.office import AFTER, ORDER, book, holder_of, issuer, open_sale, paid, quote, two_days

BODY = BillingText(
    kind="body", buyer_name="La Cantine", street="10 rue Voltaire", postcode="44000", town="Nantes", siret="29999999500036"
)


@pytest.fixture
def office(cast):
    open_sale(cast.event)
    issuer(cast.event)
    return cast


def ordered(cast, *, count=3, **more):
    return order_quote(quote(cast.event, count=count), replace(ORDER, **more), actor=cast.actor("farid"), at=NOW)


def test_without_issuer_nothing_is_invoiced(cast):
    open_sale(cast.event)
    with pytest.raises(NoIssuer):
        issue_invoice(paid(cast), actor=SYSTEM, at=NOW)


def test_what_is_not_paid_is_not_invoiced(office):
    booking = book(office.event, two_days(), payment_method="transfer")
    with pytest.raises(NotPaidYet):
        issue_invoice(booking, actor=SYSTEM, at=NOW)


def test_nobody_else_asks_for_the_invoice_of_a_booking(office):
    booking = paid(office)
    with pytest.raises(NotAllowed):
        issue_invoice(booking, actor=office.actor("emma"), at=NOW)
    assert issue_invoice(booking, actor=holder_of(booking), at=NOW).number == "NEC2018-F-000001"


def test_a_structure_first_says_whom_the_invoice_is_for(office):
    booking = paid(office, structure="La Cantine")
    with pytest.raises(BillingMissing):
        issue_invoice(booking, actor=SYSTEM, at=NOW)
    give_billing(booking, BODY, actor=holder_of(booking), at=NOW)
    invoice = issue_invoice(booking, actor=SYSTEM, at=NOW)
    assert (invoice.buyer_name, invoice.buyer_siret) == ("La Cantine", "29999999500036")
    with pytest.raises(OrderInvoiced):
        give_billing(booking, BODY, actor=holder_of(booking), at=NOW)


def test_an_order_is_invoiced_after_service_and_when_nothing_lacks(office):
    booking = ordered(office, engagement="", to_come=True)
    with pytest.raises(OrderNotComplete):
        issue_invoice(booking, actor=SYSTEM, at=AFTER)
    correct_order(booking.order, ORDER, actor=holder_of(booking), at=NOW)
    booking.refresh_from_db()
    with pytest.raises(ServiceNotDone):
        issue_invoice(booking, actor=SYSTEM, at=NOW)
    invoice = issue_invoice(booking, actor=SYSTEM, at=AFTER)
    assert (invoice.issued_on, invoice.due_on) == (date(2018, 9, 20), date(2018, 10, 20))
    assert (invoice.gross_cents, invoice.prepaid_cents, invoice.due_cents) == (18000, 0, 18000)
    with pytest.raises(OrderInvoiced):
        correct_order(booking.order, ORDER, actor=holder_of(booking), at=AFTER)
    with pytest.raises(NothingToInvoice):
        issue_invoice(booking, actor=SYSTEM, at=AFTER)


def test_an_invoice_says_what_is_paid_and_keeps_a_copy_of_everything(office):
    booking = paid(office, seats=2)
    invoice = issue_invoice(booking, actor=SYSTEM, at=NOW)
    issuer(office.event, name="Un autre nom")
    invoice.refresh_from_db()
    content = invoice.content
    assert (invoice.gross_cents, invoice.prepaid_cents, invoice.due_cents) == (12000, 12000, 0)
    assert content["seller"]["name"] == "PiNG"
    assert [(line["name"], line["quantity"], line["gross_cents"]) for line in content["lines"]] == [
        ("Pass 2 jours · Numérique en Commun[s]", 2, 12000)
    ]
    assert content["terms"] == "Payée le 02/07/2018"
    assert total_of(booking) == Total(net_cents=12000, tax_cents=0, gross_cents=12000)
    facts = {"number": "NEC2018-F-000001", "gross_cents": 12000, "test": False}
    assert Entry.objects.get(kind="invoicing.invoice_issued").facts == facts


def test_the_date_of_an_invoice_is_never_before_the_number_that_came_first(office):
    first = issue_invoice(paid(office), actor=SYSTEM, at=AFTER)
    second = issue_invoice(paid(office), actor=SYSTEM, at=NOW)  # an entry of the journal that was reacted to late
    assert (first.sequence, second.sequence) == (1, 2)
    assert second.issued_on == first.issued_on


def test_trials_are_counted_apart(office):
    booking = paid(office)
    booking.is_test = True
    booking.save(update_fields=["is_test"])
    invoice = issue_invoice(booking, actor=SYSTEM, at=NOW)
    assert (invoice.number, invoice.is_test) == ("ESSAI-NEC2018-F-000001", True)
    assert issue_invoice(paid(office), actor=SYSTEM, at=NOW).number == "NEC2018-F-000001"


# Credit notes


def test_a_credit_note_is_refused_without_reason_role_or_room(office):
    invoice = issue_invoice(paid(office), actor=SYSTEM, at=NOW)
    farid = office.actor("farid")
    for cents in (0, -1, 6001):
        with pytest.raises(TooMuchToCredit):
            credit_invoice(invoice, amount_cents=cents, reason="erreur", actor=farid, at=NOW)
    with pytest.raises(CreditReasonMissing):
        credit_invoice(invoice, amount_cents=100, reason="  ", actor=farid, at=NOW)
    with pytest.raises(NotAllowed):
        credit_invoice(invoice, amount_cents=100, reason="erreur", actor=office.actor("hugo"), at=NOW)


def test_partial_credit_notes_cite_the_invoice_and_add_up_to_it_to_the_cent(office):
    issuer(office.event, regime="charged", vat_number="FR11123456782", vat_rate=2000)
    booking = paid(office)
    invoice = issue_invoice(booking, actor=SYSTEM, at=NOW)
    assert (invoice.net_cents, invoice.tax_cents) == (5000, 1000)
    parts = [
        credit_invoice(invoice, amount_cents=cents, reason="Une personne malade", actor=SYSTEM, at=NOW)
        for cents in (1111, 2222, 2667)
    ]
    assert [part.number for part in parts] == ["NEC2018-A-000001", "NEC2018-A-000002", "NEC2018-A-000003"]
    assert {part.content["corrects"]["number"] for part in parts} == {invoice.number}
    assert (sum(part.net_cents for part in parts), sum(part.tax_cents for part in parts)) == (5000, 1000)
    assert (rest_of(invoice), total_of(booking)) == (0, Total(net_cents=0, tax_cents=0, gross_cents=0))
    with pytest.raises(TooMuchToCredit):
        credit_invoice(invoice, amount_cents=1, reason="encore", actor=SYSTEM, at=NOW)
    assert list(what_does_not_hold()) == []


def test_a_whole_credit_note_opens_the_way_to_another_invoice(office):
    booking = ordered(office)
    invoice = issue_invoice(booking, actor=SYSTEM, at=AFTER)
    credit = credit_invoice(invoice, amount_cents=18000, reason="Mauvais engagement", actor=office.actor("farid"), at=AFTER)
    assert credit.content["lines"] == invoice.content["lines"]
    assert issue_invoice(booking, actor=SYSTEM, at=AFTER).number == "NEC2018-F-000002"


# What follows


def react(kind, function):
    for entry in Entry.objects.filter(kind=kind).order_by("pk"):
        function(entry)
        function(entry)  # twice is once


def test_a_paid_booking_has_its_invoice_by_itself_once(office):
    booking = paid(office)
    react("payment.received", tasks.invoice_when_paid)
    assert [invoice.gross_cents for invoice in booking.invoices.all()] == [6000]


def test_the_number_of_an_invoice_is_known_again_on_a_transfer(office):
    from encommun.payment.models import Citation

    booking = paid(office)
    react("payment.received", tasks.invoice_when_paid)
    react("invoicing.invoice_issued", tasks.cite_invoice)
    assert list(Citation.objects.values_list("booking", "said")) == [(booking.pk, "NEC2018F000001")]


def test_a_partial_refund_makes_one_credit_note(office):
    from encommun.payment.commands import mark_refunded

    booking = paid(office)
    react("payment.received", tasks.invoice_when_paid)
    refund = refund_payment(booking.payments.get(), amount_cents=2500, actor=office.actor("farid"), at=NOW)
    mark_refunded(refund, actor=office.actor("farid"), at=NOW)
    react("payment.refunded", tasks.credit_when_refunded)
    assert total_of(booking).gross_cents == 3500
    credit = booking.invoices.get(kind=Invoice.Kind.CREDIT)
    assert (credit.gross_cents, credit.corrects.gross_cents) == (2500, 6000)


def test_an_invoiced_order_that_is_cancelled_is_credited_whole(office):
    booking = ordered(office)
    issue_invoice(booking, actor=SYSTEM, at=AFTER)
    cancel_booking(booking, reason="La ville renonce", actor=office.actor("farid"), at=AFTER)
    react("registration.booking_cancelled", tasks.credit_when_cancelled)
    assert total_of(booking).gross_cents == 0


def test_the_payment_of_an_order_marks_its_invoice_paid(office):
    from encommun.payment.commands import receive_transfer

    booking = ordered(office)
    invoice = issue_invoice(booking, actor=SYSTEM, at=AFTER)
    later = AFTER + timedelta(days=25)
    receive_transfer(booking, amount_cents=18000, received_at=later, actor=office.actor("farid"), at=later)
    react("payment.received", tasks.invoice_when_paid)
    assert [step.state for step in invoice.steps.all()] == [Step.State.PAID]
    assert booking.invoices.count() == 1


def test_orders_are_invoiced_by_themselves_after_the_gathering(office):
    complete, lacking = ordered(office, count=1), ordered(office, count=1, engagement="", to_come=True)
    assert tasks.invoice_orders(at=NOW) == 0
    assert tasks.invoice_orders(at=AFTER) == 1
    assert tasks.invoice_orders(at=AFTER) == 0
    assert (complete.invoices.count(), lacking.invoices.count()) == (1, 0)


# What became of it


def test_steps_follow_each_other_and_a_rejection_says_why(office):
    invoice = issue_invoice(ordered(office), actor=SYSTEM, at=AFTER)
    farid, on = office.actor("farid"), AFTER.date()

    def note(state, **more):
        return note_step(invoice, state=state, on=on, actor=farid, at=AFTER, **more)

    with pytest.raises(StepNotPossible):
        note("rejected", reason="trop tôt")
    note("deposited", through="chorus", reference="CPP-2018-0042")
    with pytest.raises(RejectionWithoutReason):
        note("rejected")
    note("rejected", reason="Engagement inconnu")
    note("deposited", through="chorus")
    note("paid")
    with pytest.raises(StepNotPossible):
        note("deposited")
    assert [(step.state, step.reason) for step in invoice.steps.all()] == [
        ("deposited", ""),
        ("rejected", "Engagement inconnu"),
        ("deposited", ""),
        ("paid", ""),
    ]
    with pytest.raises(NotAllowed):
        note_step(invoice, state="paid", on=on, actor=office.actor("hugo"), at=AFTER)


# What never changes


@pytest.mark.parametrize("model, field", [(Invoice, "number"), (Paper, "digest"), (Step, "reason")])
def test_the_database_refuses_to_change_what_was_issued(office, model, field):
    invoice = issue_invoice(paid(office), actor=SYSTEM, at=NOW)
    make_paper(invoice, at=NOW)
    note_step(invoice, state="sent", on=NOW.date(), actor=SYSTEM, at=NOW)
    before = model.objects.values().get()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**{field: before[field]})
    assert model.objects.values().get() == before


def test_a_counter_only_goes_up_one_by_one(office):
    issue_invoice(paid(office), actor=SYSTEM, at=NOW)
    for number in (0, 3):
        with pytest.raises(DatabaseError), transaction.atomic():
            Series.objects.filter(prefix="NEC2018-F-").update(last_number=number)
    with pytest.raises(DatabaseError), transaction.atomic():
        Series.objects.filter(prefix="NEC2018-F-").update(last_on=date(2018, 1, 1))


def test_the_check_finds_a_number_that_is_missing(office):
    issue_invoice(paid(office), actor=SYSTEM, at=NOW)
    assert list(what_does_not_hold()) == []
    Series.objects.filter(prefix="NEC2018-F-").update(last_number=2)
    assert len(list(what_does_not_hold())) == 1


def test_a_number_that_was_refused_is_given_back(office):
    booking = paid(office)
    with transaction.atomic():
        issue_invoice(booking, actor=SYSTEM, at=NOW)
        transaction.set_rollback(True)
    assert issue_invoice(booking, actor=SYSTEM, at=NOW).sequence == 1
