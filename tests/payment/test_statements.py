"""Statements of the bank: read in both forms, kept once, matched by a person."""

import contextlib
import random
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from encommun.foundation.actor import VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.payment import refusals
from encommun.payment.commands import cite, keep_statement, leave_line_aside, match_line, read_statement
from encommun.payment.models import Allocation, LedgerEntry, Refund, Statement, StatementLine
from encommun.payment.providers.transfer import read_file
from encommun.payment.queries import what_does_not_hold
from encommun.payment.queries.proposals import codes_in, proposals_for
from encommun.payment.queries.treasury import lines_of
from encommun.payment.rules import in_groups, transfer_reference
from tests.payment.desk import NOW, TILL, by_transfer, open_sale

LATER = NOW + timedelta(days=5)


def camt(*credits, version="02"):
    """A statement as a bank gives it; a credit: amount, payer, text, and the bank's own name of it."""
    entries = "".join(
        f"""<Ntry><Amt Ccy="{more.get("currency", "EUR")}">{amount}</Amt><CdtDbtInd>{more.get("sign", "CRDT")}</CdtDbtInd>
        <Sts>{"BOOK" if version == "02" else "<Cd>BOOK</Cd>"}</Sts><BookgDt><Dt>2018-07-03</Dt></BookgDt>
        <AcctSvcrRef>{name}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>
        <RltdPties><Dbtr><Nm>{payer}</Nm></Dbtr><DbtrAcct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></DbtrAcct></RltdPties>
        <RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""
        for amount, payer, text, name, more in [(*credit, {})[:5] if len(credit) == 4 else credit for credit in credits]
    )
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    return f'<?xml version="1.0"?><Document xmlns="{space}"><BkToCstmrStmt><Stmt><Id>1</Id>{entries}</Stmt></BkToCstmrStmt></Document>'.encode()


def table(*credits):
    """A table as French banks give it: lines before the heads, windows-1252, a comma before cents."""
    rows = "".join(f"03/07/2018;VIR {payer} {text};;{amount}\r\n" for amount, payer, text in credits)
    heads = "Compte : 0001\r\nSolde : 1 234,50 €\r\n\r\nDate de comptabilisation;Libellé opération;Débit;Crédit\r\n"
    return (heads + rows + "04/07/2018;FRAIS;-2,50;\r\n").encode("cp1252")


@pytest.fixture
def event(cast):
    open_sale(cast.event)
    return cast.event


def bring(event, cast, content):
    farid = cast.actor("farid")
    statement = read_statement(event, file_name="relevé.xml", content=content, actor=farid, at=LATER)
    keep_statement(statement, actor=farid, at=LATER)
    return list(lines_of(event).order_by("pk"))


def test_both_forms_say_the_same():
    one = read_file(camt(("60.00", "CHLOE MARTIN", "RF18 K7M2 QX", "b1"), ("5.00", "x", "y", "b2", {"sign": "DBIT"})))
    two = read_file(table(("1 060,50", "CHLOE MARTIN", "RF18 K7M2 QX")))
    assert [(credit.booked_on, credit.amount_cents, credit.payer) for credit in one.credits] == [
        (date(2018, 7, 3), 6000, "CHLOE MARTIN")
    ]
    assert (one.debits, one.credits[0].payer_iban) == (1, "FR7630006000011234567890189")
    assert [(credit.booked_on, credit.amount_cents) for credit in two.credits] == [(date(2018, 7, 3), 106050)]
    assert "CHLOE MARTIN RF18" in two.credits[0].text
    assert two.debits == 1


def test_a_batch_is_read_transfer_by_transfer_and_foreign_money_is_counted_apart():
    whole = camt(("0", "a", "b", "n"), ("10.00", "a", "b", "n", {"currency": "CHF"})).decode()
    batch = """<NtryDtls>{}</NtryDtls>""".format(
        "".join(f"<TxDtls><Amt Ccy='EUR'>{n}.00</Amt><RmtInf><Ustrd>facture {n}</Ustrd></RmtInf></TxDtls>" for n in (35, 60))
    )
    start, end = whole.index("<NtryDtls>"), whole.index("</NtryDtls>") + len("</NtryDtls>")
    sheet = read_file((whole[:start] + batch + whole[end:]).encode())
    assert [(credit.amount_cents, credit.text) for credit in sheet.credits] == [(3500, "facture 35"), (6000, "facture 60")]
    assert (sheet.foreign, len({credit.key for credit in sheet.credits})) == (1, 2)


#: What several banks write, by the name of their form; each says 60 € on 3 July with the reference of K7M2QXAB.
TABLES = {
    "a label on two lines": 'Date;Libellé;Débit euros;Crédit euros;\n03/07/2018;"VIR RECU\n RF18 K7M2 QXAB ";;60,00;\n',
    "plus signs and two dates": (
        "Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;Debit;Credit;Date operation;Date de valeur\n"
        "03/07/2018;CHLOE;VIR SEPA;RF18K7M2QXAB;;+60,00;02/07/2018;03/07/2018\n"
    ),
    "lines before the heads, francs": (
        "Numéro Compte   ;0001\nType         ;CCP\n\nDate     ;Libellé;Montant(EUROS);Montant(FRANCS)\n"
        "03/07/2018;VIREMENT K7M2QXAB;60,00;393,57\n"
    ),
    "currency": (
        "=\"0001\";01/07/2018\nDate de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise\n"
        "03/07/2018;VIR;K7M2 QXAB;60,00;EUR\n03/07/2018;VIR;K7M2 QXAB;60,00;USD\n"
    ),
    "sign in words": "Date opération;Libellé;Montant;Sens\n03/07/2018;K7M2QXAB;60,00;C\n03/07/2018;FRAIS;5,00;D\n",
    "an online bank": 'dateOp;dateVal;label;category;amount\n2018-07-03;2018-07-03;"VIR K7M2QXAB";x;"60,00"\n',
    "hours, dots and commas": (
        '"Date de l\'opération (UTC)","Montant total (TTC)","Nom de la contrepartie","Référence"\n'
        '"03-07-2018 10:22:31","60.00","Chloé","K7M2QXAB"\n"03-07-2018 10:22:31","-1,234.50","x","y"\n'
    ),
    "a tab between cells": "Date\tLibellé\tMontant\n03/07/2018\tK7M2QXAB\t60,00 €\n",
}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("form", TABLES)
def test_tables_of_many_banks_say_the_same(form, encoding):
    sheet = read_file(TABLES[form].encode(encoding))
    assert [(one.booked_on, one.amount_cents) for one in sheet.credits] == [(date(2018, 7, 3), 6000)]
    assert codes_in(sheet.credits[0].text, ["K7M2QXAB"]) == ["K7M2QXAB"]


def _said(details, root="BkToCstmrStmt><Stmt", version="08", amount="95.00", before="", mark=""):
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"
    entry = (
        f"<Ntry><Amt Ccy='EUR'>{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>{mark}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><DtTm>2018-07-03T04:00:00+02:00</DtTm></BookgDt>{details}</Ntry>"
    )
    outer, inner = root.split("><")
    return f"{before}<Document xmlns='{space}'><{outer}><{inner}><Id>1</Id>{entry}</{inner}></{outer}></Document>"


def _transfer(cents, more, text="", name=""):
    said = f"<RmtInf><Ustrd>{text}</Ustrd></RmtInf>" if text else ""
    return f"<TxDtls>{more}<AmtDtls><TxAmt><Amt Ccy='EUR'>{cents}.00</Amt></TxAmt></AmtDtls>{name}{said}</TxDtls>"


END_TO_END = "<Refs><EndToEndId>RF18K7M2QXAB</EndToEndId></Refs>"
STRUCTURED = "<RmtInf><Strd><CdtrRefInf><Ref>RF18K7M2QXAB</Ref></CdtrRefInf></Strd></RmtInf>"
PARTY = "<RltdPties><Dbtr><Pty><Nm>VILLE DE REZE</Nm></Pty></Dbtr></RltdPties>"


@pytest.mark.parametrize(
    "content, amounts",
    [
        (_said(f"<NtryDtls><TxDtls>{END_TO_END}</TxDtls></NtryDtls>"), [9500]),
        (_said(f"<NtryDtls><TxDtls>{STRUCTURED}</TxDtls></NtryDtls>", version="02"), [9500]),
        (_said("<AddtlNtryInf>VIR K7M2 QXAB</AddtlNtryInf>", version="06"), [9500]),
        (_said(f"<NtryDtls><Btch/>{_transfer(35, END_TO_END)}{_transfer(60, END_TO_END)}</NtryDtls>"), [3500, 6000]),
        (_said(f"<NtryDtls>{_transfer(35, END_TO_END)}</NtryDtls><NtryDtls>{_transfer(60, END_TO_END)}</NtryDtls>"), [3500, 6000]),
        (_said(f"<NtryDtls>{_transfer(35, END_TO_END)}{_transfer(10, '')}</NtryDtls>"), [9500]),  # a part of the batch only
        (_said(f"<NtryDtls>{_transfer(95, END_TO_END)}</NtryDtls>", root="BkToCstmrDbtCdtNtfctn><Ntfctn"), [9500]),
        (_said(f"<NtryDtls>{_transfer(95, END_TO_END)}</NtryDtls>", mark="<RvslInd>true</RvslInd>"), []),
        (_said(f"<NtryDtls>{_transfer(95, END_TO_END)}</NtryDtls>").replace("BOOK", "PDNG"), []),
    ],
)
def test_statements_of_many_versions_say_where_the_reference_stands(content, amounts):
    for written in (content.encode(), b"\xef\xbb\xbf" + content.encode(), f"\n\n{content}".encode()):
        sheet = read_file(written)
        assert [credit.amount_cents for credit in sheet.credits] == amounts
        assert all(codes_in(credit.text, ["K7M2QXAB"]) for credit in sheet.credits)
    assert [credit.amount_cents for credit in read_file(content.encode("utf-16")).credits] == amounts


def test_who_pays_stands_where_newer_versions_put_it():
    sheet = read_file(_said(f"<NtryDtls>{_transfer(95, END_TO_END, name=PARTY)}</NtryDtls>").encode())
    assert sheet.credits[0].payer == "VILLE DE REZE"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a",
        b"<a/>",
        b"\0\0",
        b"PK\x03\x04zip",
        b"nothing here",
        b"Date;Montant\n31/31/2018;5\n",
        b"Date;Montant\n01/01/2018;cinq\n",
        b"Date;Montant\n01/01/2018;1,005\n",
        b"Date;Montant\n01/01/2018;NaN\n",
        b"Date;Montant\n01/01/2018;9e99999\n",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Document><Stmt>&b;</Stmt></Document>',
        b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Document><Stmt><Ntry>&b;</Ntry></Stmt></Document>',
        camt(("abc", "a", "b", "n")),
        camt(("Infinity", "a", "b", "n")),
        b"x" * 3_000_001,
    ],
)
def test_what_is_no_statement_is_refused(content):
    with pytest.raises(refusals.UnreadableStatement):
        read_file(content)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader(content):
    with contextlib.suppress(refusals.UnreadableStatement):
        assert len(read_file(content).credits) < 100


@settings(deadline=None)
@given(st.randoms(use_true_random=False), st.text(max_size=30))
def test_a_reference_is_found_in_noise(chance: random.Random, noise: str):
    code = "K7M2QXAB"
    written = in_groups(transfer_reference(code))
    told = "".join(c + chance.choice(["", "", " ", "-", "."]) for c in written)
    assert code in codes_in(f"VIR {noise} ref:{told.lower()}/x", [code, "ZZZZ2222"])


def test_who_may_bring_in_and_match(event, cast):
    with pytest.raises(NotAllowed):
        read_statement(event, file_name="a", content=camt(), actor=cast.actor("driss"), at=LATER)
    line = bring(event, cast, camt(("60.00", "A", "b", "n")))[0]
    for act in (
        lambda: match_line(line, [], actor=VISITOR, at=LATER),
        lambda: leave_line_aside(line, why="x", actor=VISITOR, at=LATER),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_the_same_statement_twice_is_once_and_an_overlapping_one_adds_what_is_new(event, cast):
    first, second = ("60.00", "A", "un", "n1"), ("35.00", "B", "deux", "n2")
    content = camt(first, first)
    bring(event, cast, content)
    with pytest.raises(refusals.StatementKnown):
        read_statement(event, file_name="a", content=content, actor=cast.actor("farid"), at=LATER)
    lines = bring(event, cast, camt(first, first, second))
    assert sorted(line.amount_cents for line in lines) == [3500, 6000, 6000]
    assert Statement.objects.get(kept_at__isnull=False, digest__gt="", pk=Statement.objects.order_by("pk").first().pk).read == {
        "debits": 0,
        "foreign": 0,
    }


def test_a_reference_in_the_text_is_proposed_first_and_confirmed_by_a_person(event, cast):
    booking, other = by_transfer(event), by_transfer(event, buyer_name="Bruno Le Gall")
    text = f"INSCRIPTION {in_groups(transfer_reference(booking.code)).lower()} MERCI"
    line = bring(event, cast, camt(("60.00", "BRUNO LE GALL", text, "n")))[0]
    proposal = proposals_for(event, [line])[line.pk]
    assert [(one.booking.code, one.is_sure) for one in proposal] == [(booking.code, True)]
    assert (other.state, booking.state) == ("held", "held")
    match_line(line, [booking], actor=cast.actor("farid"), at=LATER)
    booking.refresh_from_db()
    assert (booking.state, LedgerEntry.objects.get().source.startswith("line:")) == ("confirmed", True)
    with pytest.raises(refusals.LineDone):
        match_line(line, [booking], actor=cast.actor("farid"), at=LATER)
    assert [*what_does_not_hold()] == []


def test_one_transfer_that_cites_the_numbers_of_invoices_is_for_all_their_bookings(event, cast):
    """As the public treasury pays: one credit, the invoices named, in whatever form."""
    bookings = [by_transfer(event) for _n in range(3)]
    for n, booking in enumerate(bookings, 1):
        cite(booking, f"NEC2018-F-00000{n}")
        cite(booking, f"NEC2018-F-00000{n}")
    cite(bookings[0], "12")  # too short to mean anything
    line = bring(event, cast, camt(("120.00", "DRFIP PAYS DE LA LOIRE", "FACT NEC2018-F-000001 NEC2018 F 000003 / 12", "b1")))[0]
    found = proposals_for(event, [line])[line.pk]
    assert [proposal.booking for proposal in found] == [bookings[0], bookings[2]]
    assert all(proposal.is_sure for proposal in found)


def test_without_reference_amount_and_name_are_proposed(event, cast):
    booking = by_transfer(event, buyer_name="Gwenaëlle Kerbrat")
    by_transfer(event, seats=2)
    lines = bring(
        event, cast, camt(("60.00", "MME KERBRAT G", "numerique", "n1"), ("7.00", "KERBRAT", "x", "n2"), ("9.99", "Z", "z", "n3"))
    )
    found = proposals_for(event, lines)
    assert [[(one.booking.code, one.reasons) for one in found[line.pk]] for line in lines] == [
        [(booking.code, ("amount", "name"))],
        [(booking.code, ("name",))],
        [],
    ]


def test_one_credit_pays_many_bookings(event, cast):
    bookings = [by_transfer(event, structure="Mairie de Rezé") for _n in range(3)]
    text = " ".join(booking.code for booking in bookings)
    line = bring(event, cast, camt(("180.00", "TRESORERIE", text, "n")))[0]
    assert [one.booking.code for one in proposals_for(event, [line])[line.pk]] == [booking.code for booking in bookings]
    match_line(line, bookings, actor=cast.actor("farid"), at=LATER)
    assert [booking.state for booking in type(bookings[0]).objects.order_by("pk")] == ["confirmed"] * 3
    assert [*what_does_not_hold()] == []


def test_many_credits_pay_one_booking_and_the_excess_stays_on_the_line(event, cast):
    booking = by_transfer(event, seats=2)
    first, second = bring(event, cast, camt(("50.00", "A", "x", "n1"), ("100.00", "A", "y", "n2")))
    farid = cast.actor("farid")
    match_line(first, [booking], actor=farid, at=LATER)
    booking.refresh_from_db()
    assert booking.state == "held"
    match_line(second, [booking], actor=farid, at=LATER)
    booking.refresh_from_db()
    second = lines_of(event).get(pk=second.pk)
    assert (booking.state, second.rest_cents) == ("confirmed", 3000)
    match_line(second, [booking], actor=farid, at=LATER)  # chosen again: the excess goes back where it came from
    refund = Refund.objects.get()
    assert (refund.amount_cents, refund.why, refund.iban) == (3000, "twice", "FR7630006000011234567890189")
    assert [*what_does_not_hold()] == []


def test_too_many_bookings_for_a_credit_are_refused_whole(event, cast):
    bookings = [by_transfer(event) for _n in range(2)]
    line = bring(event, cast, camt(("100.00", "A", "x", "n1")))[0]
    with pytest.raises(refusals.NotEnoughOnLine):
        match_line(line, bookings, actor=cast.actor("farid"), at=LATER)
    with pytest.raises(refusals.NothingChosen):
        match_line(line, [], actor=cast.actor("farid"), at=LATER)
    assert Allocation.objects.count() == 0


def test_what_pays_nothing_here_is_left_aside_with_a_word(event, cast):
    line = bring(event, cast, camt(("100.00", "REGION", "subvention", "n1")))[0]
    with pytest.raises(refusals.NoteMissing):
        leave_line_aside(line, why=" ", actor=cast.actor("farid"), at=LATER)
    leave_line_aside(line, why="Subvention", actor=cast.actor("farid"), at=LATER)
    with pytest.raises(refusals.LineDone):
        leave_line_aside(line, why="encore", actor=cast.actor("farid"), at=LATER)


def test_the_treasurer_does_it_in_pages(event, cast, client):
    booking = by_transfer(event)
    cast.sign_in(client, "farid")
    address = f"{TILL}releves/"
    wrong = client.post(address, {"file": SimpleUploadedFile("a.txt", b"rien")})
    assert (wrong.status_code, "n’est pas un relevé" in wrong.text) == (422, True)
    content = table(("60,00", "MARTIN CHLOE", f"NEC {booking.code}"), ("12,00", "INCONNU", "?"))
    preview = client.post(address, {"file": SimpleUploadedFile("releve.csv", content)}, follow=True)
    assert ("2 nouveaux crédits, 72" in preview.text, StatementLine.objects.count()) == (True, 0)
    page = client.post(preview.redirect_chain[-1][0], {"decide": "keep"}, follow=True)
    assert f'value="{booking.code}" checked' in page.text
    line, unknown = StatementLine.objects.order_by("-amount_cents")
    client.post(f"{TILL}credits/{line.pk}/rapprocher/", {"booking": booking.code})
    booking.refresh_from_db()
    assert booking.state == "confirmed"
    assert "Rien n’a été" not in client.get(f"{TILL}credits/{unknown.pk}/?q=Martin").text
    assert client.post(f"{TILL}credits/{unknown.pk}/laisser/", {"why": ""}).status_code == 422
    client.post(f"{TILL}credits/{unknown.pk}/laisser/", {"why": "Cotisation"})
    assert "Aucun virement n’attend" in client.get(address).text
    assert "Cotisation" in client.get(f"{address}?tout=1").text


def test_a_file_that_was_only_looked_at_is_forgotten(event, cast, client):
    cast.sign_in(client, "farid")
    preview = client.post(f"{TILL}releves/", {"file": SimpleUploadedFile("r.csv", table(("5,00", "A", "b")))}, follow=True)
    client.post(preview.redirect_chain[-1][0], {"decide": "drop"})
    assert (Statement.objects.count(), StatementLine.objects.count()) == (0, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_credits_asks_a_bounded_number_of_times(event, cast, client, count, django_assert_max_num_queries):
    for n in range(count):
        by_transfer(event, buyer_name=f"Personne {n}")
    bring(event, cast, camt(*[("60.00", f"PERSONNE {n}", "x", f"n{n}") for n in range(count)]))
    cast.sign_in(client, "farid")
    with django_assert_max_num_queries(16):
        client.get(f"{TILL}releves/")
