"""The five steps of a public buyer, through the doors; and the pages of who keeps the money."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM
from encommun.invoicing import tasks
from encommun.invoicing.commands import issue_invoice, order_quote, replace_invoice
from encommun.invoicing.models import Invoice, OrderFile, PurchaseOrder, Quote
from encommun.invoicing.rules import LARGEST_FILE
from encommun.mailing.models import Letter
from encommun.reactions.worker import react
from encommun.registration.models import Booking
from tests.cast import NOW
from tests.invoicing.office import AFTER, ORDER, book, issuer, open_sale, paid, quote, two_days

QUOTE = {
    "count_deux-jours": "3",
    "body_name": "Ville de Rezé",
    "body_address": "Place Lucien-Le-Meut, 44400 Rezé",
    "buyer_name": "Solène Guérin",
    "email": "s.guerin@mairie-reze.example",
    "idempotency_key": "5f0c1b0e-0d3b-4e4e-9d7e-0b6b6c1b2a3d",
}
NUMBERS = {
    "buyer_name": "Ville de Rezé, médiathèque Diderot",
    "scheme": "siret",
    "siret": "299 999 995 00010",
    "street": "Place Lucien-Le-Meut",
    "postcode": "44400",
    "town": "Rezé",
    "demand": "service_and_engagement",
    "service_code": "MEDIA-042",
}


@pytest.fixture
def town(cast):
    open_sale(cast.event, at=clock.now())
    issuer(cast.event)
    return cast


def scan(content=b"%PDF-1.7\n", name="bon de commande.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_town_library_comes_from_quote_to_payment(client, town):
    answer = client.post("/nec-2018/devis/", QUOTE)
    assert client.post("/nec-2018/devis/", QUOTE).status_code == 302  # sent twice by an impatient finger: one quote
    made = Quote.objects.get()
    assert answer["Location"] == f"/nec-2018/devis/{made.code}/"
    assert (made.number, made.gross_cents, Booking.objects.count()) == ("NEC2018-D-000001", 18000, 0)
    page = client.get(answer["Location"])
    assert "NEC2018-D-000001" in page.text
    pdf = client.get(f"/nec-2018/devis/{made.code}/pdf/")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")

    order_page = f"/nec-2018/devis/{made.code}/commander/"
    refused = client.post(order_page, NUMBERS | {"siret": "299 999 995 00011"})
    assert refused.status_code == 422
    assert "Place Lucien-Le-Meut" in refused.text  # everything typed is still there
    assert client.post(order_page, NUMBERS).status_code == 422  # the engagement that it demands is missing
    done = client.post(order_page, NUMBERS | {"to_come": "on", "file": scan()})
    booking = Booking.objects.get()
    assert done["Location"] == f"/nec-2018/inscriptions/{booking.code}/commande/"
    assert (booking.state, booking.payment_method, booking.held_until) == ("confirmed", "order", None)
    assert booking.seats.count() == 3

    page = client.get(done["Location"])
    assert "le numéro d’engagement" in page.text
    client.post(done["Location"], NUMBERS | {"engagement": "2018-000777"})
    assert PurchaseOrder.objects.get().to_come is False
    file = OrderFile.objects.get()
    sent = client.get(f"/nec-2018/inscriptions/{booking.code}/commande/piece/{file.pk}/")
    assert (sent.content, sent["Content-Disposition"][:10]) == (b"%PDF-1.7\n", "attachment")

    assert tasks.invoice_orders(at=AFTER) == 1
    invoice = Invoice.objects.get()
    town.sign_in(client, "farid")
    steps = f"/nec-2018/organisation/factures/{invoice.number}/suivi/"
    client.post(steps, {"state": "deposited", "on": "2018-09-20", "through": "chorus", "reference": "CPP-1"})
    assert client.post(steps, {"state": "rejected", "on": "2018-09-21"}).status_code == 422  # without its reason
    client.post(steps, {"state": "rejected", "on": "2018-09-21", "reason": "Engagement clos"})
    client.post(steps, {"state": "deposited", "on": "2018-09-22", "through": "chorus"})
    client.post(steps, {"state": "paid", "on": "2018-10-12"})
    assert [step.state for step in invoice.steps.all()] == ["deposited", "rejected", "deposited", "paid"]


def test_the_document_alone_is_enough_and_the_team_copies_from_it(client, town):
    made = quote(town.event, at=clock.now())
    town.sign_in(client, "farid")
    address = f"/nec-2018/devis/{made.code}/commander/"
    page = client.get(address).text
    assert all(f'value="{known}"' in page for known in ("Place Lucien-Le-Meut", "44400", "Rezé"))  # as on the quote
    empty = {"buyer_name": "Ville de Rezé", "scheme": "siret"}
    refused = client.post(address, empty | {"siret": "1"})
    assert (refused.status_code, Booking.objects.count()) == (422, 0)
    assert "quatorze chiffres" in refused.text  # told at once, beside what is missing
    done = client.post(address, empty | {"file": scan()})
    order = PurchaseOrder.objects.get()
    assert (order.booking.state, order.to_come, order.demand) == ("confirmed", True, "")
    assert "Nous recopions le reste" in client.get(done["Location"]).text
    assert "À recopier du document" in client.get("/nec-2018/organisation/factures/commandes/?state=to_copy").text
    react()
    letter = Letter.objects.get(kind="invoicing.order_received")
    assert "Il manque" not in letter.text
    tasks.remind(at=clock.now() + timedelta(days=30))
    assert not Letter.objects.filter(kind="invoicing.order_lacks").exists()  # who sent the document is left in peace
    assert tasks.invoice_orders(at=AFTER) == 0
    client.post(done["Location"], NUMBERS | {"engagement": "2018-000777"})
    assert tasks.invoice_orders(at=AFTER) == 1


def test_a_rejected_invoice_is_corrected_and_issued_again_in_one_go(client, town):
    made = quote(town.event, at=clock.now())
    booking = order_quote(made, ORDER, actor=town.actor("farid"), at=clock.now())
    first = issue_invoice(booking, actor=SYSTEM, at=AFTER)
    town.sign_in(client, "farid")
    base = f"/nec-2018/organisation/factures/{first.number}"
    client.post(f"{base}/suivi/", {"state": "deposited", "on": "2018-09-20", "through": "chorus"})
    client.post(f"{base}/suivi/", {"state": "rejected", "on": "2018-09-21", "reason": "Engagement clos"})
    assert 'value="Engagement clos"' in client.get(f"{base}/refaire/").text
    given = NUMBERS | {"engagement": "2018-000888", "reason": "Engagement clos"}
    assert client.post(f"{base}/refaire/", given | {"engagement": ""}).status_code == 422  # nothing half done
    assert Invoice.objects.count() == 1
    corrected = replace(ORDER, engagement="2018-000888")
    new = replace_invoice(first, corrected, reason="Engagement clos", actor=town.actor("farid"), at=AFTER)
    assert new.number == "NEC2018-F-000002"
    assert (new.content["buyer"]["engagement"], first.content["buyer"]["engagement"]) == ("2018-000888", "2018-000777")
    credit = Invoice.objects.get(kind=Invoice.Kind.CREDIT)
    assert (credit.corrects, credit.gross_cents, credit.content["reason"]) == (first, first.gross_cents, "Engagement clos")
    assert client.get(f"{base}/refaire/").status_code == 404  # once
    orders = client.get("/nec-2018/organisation/factures/commandes/").text
    assert new.number in orders
    assert first.number not in orders


def test_letters_come_with_the_quote_the_order_and_the_invoice(client, town):
    client.post("/nec-2018/devis/", QUOTE)
    react()
    letter = Letter.objects.get(kind="invoicing.quote")
    assert [file.name for file in letter.attachments.all()] == ["devis-NEC2018-D-000001.pdf"]
    link = next(word for word in letter.text.split() if "/lien/" in word)
    client.cookies.clear()
    assert client.get(link.removeprefix("http://testserver"), follow=True).status_code == 200
    made = Quote.objects.get()
    order_quote(made, ORDER, actor=town.actor("farid"), at=clock.now())
    issue_invoice(Booking.objects.get(), actor=SYSTEM, at=AFTER)
    react()
    react()
    kinds = Letter.objects.filter(kind__startswith="invoicing.").values_list("kind", flat=True)
    assert sorted(kinds) == ["invoicing.invoice", "invoicing.order_received", "invoicing.quote"]
    assert Letter.objects.filter(kind="payment.to_pay").count() == 0  # nobody is asked for money before service


def test_a_held_booking_goes_over_to_a_purchase_order(client, town):
    booking = book(town.event, two_days(2), payment_method="card", at=clock.now())
    address = f"/nec-2018/inscriptions/{booking.code}/commande/"
    town.sign_in(client, "farid")
    assert client.get(address).status_code == 200
    client.post(address, NUMBERS | {"engagement": "2018-000777"})
    booking.refresh_from_db()
    assert (booking.state, booking.held_until) == ("confirmed", None)
    from encommun.registration.commands import lapse_holds

    assert lapse_holds(at=clock.now() + timedelta(days=60)) == 0


@pytest.mark.parametrize(
    "file",
    [
        scan(b"MZ\x90\x00", "commande.pdf"),
        scan(b"<html>", "commande.html"),
        scan(b"%PDF-" + b"0" * LARGEST_FILE),
        scan(b"GIF89a"),
    ],
)
def test_only_a_pdf_or_an_image_of_five_megabytes_is_kept(client, town, file):
    made = quote(town.event, at=clock.now())
    town.sign_in(client, "farid")
    answer = client.post(f"/nec-2018/devis/{made.code}/commander/", NUMBERS | {"engagement": "1", "file": file})
    assert answer.status_code == 422
    assert (OrderFile.objects.count(), Booking.objects.count()) == (0, 0)


def test_a_quote_says_what_is_wrong_and_keeps_what_was_typed(client, town):
    for change in ({"count_deux-jours": "0"}, {"email": "nobody"}, {"body_name": " "}, {"count_deux-jours": "99"}):
        answer = client.post("/nec-2018/devis/", QUOTE | change)
        assert answer.status_code == 422
        assert "Solène Guérin" in answer.text
    assert Quote.objects.count() == 0


def test_a_machine_is_sent_away_with_its_quote(client, town):
    assert client.post("/nec-2018/devis/", QUOTE | {"website": "https://spam.example"}).status_code == 302
    assert Quote.objects.count() == 0


def test_an_old_quote_is_no_longer_ordered(client, town):
    made = quote(town.event, at=clock.now())
    Quote.objects.update(valid_until=clock.now().date() - timedelta(days=1))
    town.sign_in(client, "farid")
    answer = client.post(f"/nec-2018/devis/{made.code}/commander/", NUMBERS | {"engagement": "1"})
    assert (answer.status_code, Booking.objects.count()) == (422, 0)


def test_a_buyer_has_her_invoice_by_herself(client, town):
    booking = paid(town, structure="La Cantine", at=clock.now())
    town.sign_in(client, "farid")
    address = f"/nec-2018/inscriptions/{booking.code}/factures/"
    billing = {"kind": "body", "buyer_name": "La Cantine", "siret": "29999999500036"}
    assert client.post(address, billing).status_code == 422  # a body has an address
    done = client.post(address, billing | {"street": "10 rue Voltaire", "postcode": "44000", "town": "Nantes"})
    assert done.status_code == 302
    number = Invoice.objects.get().number
    assert number in client.get(address).text
    plain, mixed = (client.get(f"/nec-2018/factures/{number}/{query}") for query in ("?simple=1", ""))
    assert (plain.content[:5], mixed.content[:5], plain.content != mixed.content) == (b"%PDF-", b"%PDF-", True)


def test_without_issuer_the_page_of_quotes_says_so(client, cast):
    open_sale(cast.event, at=clock.now())
    page = client.get("/nec-2018/devis/")
    assert (page.status_code, cast.event.contact_email in page.text) == (200, True)
    assert client.post("/nec-2018/devis/", QUOTE).status_code == 422


# The treasurer


@pytest.fixture
def desk(client, town):
    for n in range(3):
        order_quote(quote(town.event, count=n + 1), ORDER, actor=town.actor("farid"), at=NOW)
    for booking in Booking.objects.all():
        issue_invoice(booking, actor=SYSTEM, at=AFTER)
    return town.sign_in(client, "farid") or client


def test_lists_are_searched_and_narrowed(client, desk):
    address = reverse("invoicing:team_list", args=["nec-2018"])
    assert client.get(address).text.count("NEC2018-F-0000") >= 3
    assert "NEC2018-F-000002" not in client.get(address, {"q": "000003"}).text
    assert "NEC2018-F-000001" not in client.get(address, {"state": "paid"}).text
    assert "NEC2018-F-000001" in client.get(address, {"q": "299999995", "state": "open"}).text
    orders = reverse("invoicing:team_orders", args=["nec-2018"])
    assert "Ville de Rezé" in client.get(orders, {"state": "to_deposit"}).text
    assert "Ville de Rezé, m" not in client.get(orders, {"state": "incomplete"}).text


def test_exports_hold_the_same_amounts(client, desk):
    import csv
    import io
    import zipfile

    from openpyxl import load_workbook

    def get(kind):
        return client.get(reverse("invoicing:team_export", args=["nec-2018", kind]))

    rows = list(csv.reader(io.StringIO(get("csv").content.decode("utf-8-sig")), delimiter=";"))
    assert sorted(row[11] for row in rows[1:]) == ["120,00", "180,00", "60,00"]
    sheet = load_workbook(io.BytesIO(get("xlsx").content)).active
    assert sorted(row[11].value for row in list(sheet.rows)[1:]) == [60, 120, 180]
    assert get("ods").content[:2] == b"PK"
    with zipfile.ZipFile(io.BytesIO(get("zip").content)) as box:
        assert len([name for name in box.namelist() if name.endswith(".pdf")]) == 3
    assert get("exe").status_code == 404


def test_pages_ask_the_same_number_of_statements_with_one_and_with_three(client, town):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = {}
    for n in (1, 3):
        while PurchaseOrder.objects.count() < n:
            order_quote(quote(town.event, count=1), ORDER, actor=town.actor("farid"), at=NOW)
            issue_invoice(Booking.objects.order_by("-pk").first(), actor=SYSTEM, at=AFTER)
        town.sign_in(client, "farid")
        for name in ("team_list", "team_orders", "team_quotes"):
            client.get(reverse(f"invoicing:{name}", args=["nec-2018"]))
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse(f"invoicing:{name}", args=["nec-2018"]))
            counts.setdefault(name, []).append(len(asked))
    assert all(one == three for one, three in counts.values()), counts


# Reminders


def test_reminders_come_on_their_days_and_once(town):
    made = quote(town.event, at=NOW)
    Quote.objects.filter(pk=made.pk).update(valid_until=(NOW + timedelta(days=20)).date())
    from dataclasses import replace

    lacking = replace(ORDER, engagement="", to_come=True)
    booking = order_quote(quote(town.event, at=NOW), lacking, actor=town.actor("farid"), at=NOW)
    assert tasks.remind(at=NOW + timedelta(days=2)) == 0
    assert tasks.remind(at=NOW + timedelta(days=8)) == 1  # what the order lacks
    assert tasks.remind(at=NOW + timedelta(days=9)) == 0
    assert tasks.remind(at=NOW + timedelta(days=15)) == 1  # the quote ends
    assert tasks.remind(at=NOW + timedelta(days=22)) == 1
    kinds = sorted(Letter.objects.filter(kind__startswith="invoicing.").values_list("kind", flat=True))
    assert kinds == ["invoicing.order_lacks", "invoicing.order_lacks", "invoicing.quote_ends"]
    assert booking.state == "confirmed"


def test_a_late_payment_is_written_about_to_the_accounts_too(town):
    from dataclasses import replace

    from encommun.invoicing.commands import note_step

    asked = replace(ORDER, accounting_email="compta@mairie-reze.example")
    booking = order_quote(quote(town.event, at=NOW), asked, actor=town.actor("farid"), at=NOW)
    invoice = issue_invoice(booking, actor=SYSTEM, at=AFTER)
    late = AFTER + timedelta(days=34)
    assert tasks.remind(at=late) == 0  # not deposited: it is for us to do
    note_step(invoice, state="deposited", on=AFTER.date(), actor=SYSTEM, at=AFTER)
    assert (tasks.remind(at=late), tasks.remind(at=late)) == (1, 0)
    to = sorted(Letter.objects.filter(kind="invoicing.late").values_list("recipient", flat=True))
    assert to == ["compta@mairie-reze.example", "s.guerin@mairie-reze.example"]
