"""What a treasurer's pages do with what nobody should send: a sentence or nothing, never an error of ours; nothing is kept of it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from encommun.payment.models import LedgerEntry, Payment, Refund, StatementLine
from encommun.registration.models import Booking
from tests.payment.desk import by_transfer, open_sale

TILL = "/nec-2018/organisation/caisse"
ODD = [
    "\0",
    "'\"><script>",
    "=1+1",
    "9" * 400,
    "\u202e\u200b",
    "-1",
    "1e9",
    "NaN",
    "0.001",
    "1,2,3",
    "",
]
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "xxxxxxxxxx">'
    + b"".join(b'<!ENTITY %c "%b">' % (99 + n, b"&%c;" % (98 + n) * 10) for n in range(8))
    + b"]><Document><Stmt><Ntry>&j;</Ntry></Stmt></Document>"
)
FILES = [
    BOMB,
    b"<Document>" * 50_000,
    b"<Document><Stmt>" + b"<Ntry><Amt>1</Amt></Ntry>" * 6_000 + b"</Stmt></Document>",
    b"Date;Montant;Libell\xe9\n" + b"03/07/2018;=1+1;x\n",
    b"Date;Montant\n03/07/2018;" + b"9" * 5_000,
    b"Date;Montant\n" + b'"' * 100_000,
    b"\xff\xfe\x00",
    b"Date;Montant\n03/07/9999999;5\n",
]


@pytest.fixture
def treasurer(cast, client):
    open_sale(cast.event)
    cast.sign_in(client, "farid")
    client.raise_request_exception = False
    return client


@pytest.fixture
def booking(cast, treasurer):
    return by_transfer(cast.event)


def test_searches_take_anything(treasurer):
    pages = [f"{TILL}/?q=", f"{TILL}/?kind=", f"{TILL}/accueil/?q=", f"{TILL}/?page=", "/nec-2018/organisation/inscriptions/?q="]
    pages += [
        f"/nec-2018/organisation/factures/{name}?{field}=" for name in ("", "commandes/", "devis/") for field in ("q", "state")
    ]
    for page in pages:
        path, _mark, field = page.partition("?")
        for odd in ODD:
            assert treasurer.get(path, {field.rstrip("="): odd}).status_code == 200, (page, odd)


def test_forms_about_money_refuse_what_is_no_amount(treasurer, booking):
    base = f"/nec-2018/organisation/inscriptions/{booking.code}"
    day = {"received_on": "2018-07-02"}
    forms = [
        (f"{base}/virement/", "amount", day),
        (f"{base}/cheque/", "amount", day | {"number": "1", "bank": "B", "drawer": "D"}),
        (f"{base}/encaisser/", "amount", {"provider": "cash"}),
    ]
    for path, field, more in forms:
        for odd in ODD:
            assert treasurer.post(path, more | {field: odd}).status_code == 422, (path, odd)
    for odd in ODD:
        assert treasurer.post(f"{base}/virement/", {"amount": "60", "received_on": odd}).status_code == 422
        assert treasurer.post("/nec-2018/organisation/compte/", {"holder": "PiNG", "iban": odd}).status_code == 422
    assert not LedgerEntry.objects.filter(kind="received").exists()
    assert Booking.objects.get(pk=booking.pk).state == "held"


@pytest.mark.parametrize("number", range(len(FILES)))
def test_files_that_are_no_statement_are_told_so(treasurer, number):
    answer = treasurer.post(f"{TILL}/releves/", {"file": SimpleUploadedFile("relevé\0.xml", FILES[number])})
    assert answer.status_code in (302, 422)  # a file of no credit is shown as such
    assert not StatementLine.objects.exists()


def test_what_is_ticked_may_be_anything(treasurer):
    for odd in ODD:
        for path, field in ((f"{TILL}/remboursements/", "refund"), (f"{TILL}/cheques/remise/", "cheque")):
            assert treasurer.post(path, {field: [odd]}).status_code in (302, 404), (path, odd)
        assert treasurer.post("/nec-2018/organisation/inscriptions/plusieurs/", {"code": [odd]}).status_code in (302, 404)
    for number in ("0", "9" * 30):
        for page in ("a-regarder", "releves", "credits", "recus", "cheques/remises"):
            assert treasurer.get(f"{TILL}/{page}/{number}/").status_code == 404
    assert (Payment.objects.count(), Refund.objects.count()) == (0, 0)


def test_no_export_holds_a_formula(cast, treasurer):
    booking = by_transfer(cast.event, buyer_name="=HYPERLINK(1)", structure="@SUM(A1)")
    treasurer.post(f"/nec-2018/organisation/inscriptions/{booking.code}/virement/", {"amount": "60", "received_on": "2018-07-02"})
    for path in (f"{TILL}/mouvements.csv", f"{TILL}/ecritures.txt", "/nec-2018/organisation/inscriptions/export.csv"):
        answer = treasurer.get(path)
        assert answer.status_code == 200, path
        text = b"".join(answer).decode("utf-8-sig")
        cells = [cell.strip('"') for row in text.splitlines() for cell in row.replace("\t", ";").split(";")]
        assert [cell for cell in cells if cell[:1] in "=@" and cell] == [], path
