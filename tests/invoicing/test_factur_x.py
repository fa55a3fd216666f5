"""Every kind of document that we make, against the XSD, EN 16931 and the French rules; and the nine files of reference."""

import io
from pathlib import Path

import pytest

from encommun.foundation.actor import SYSTEM
from encommun.invoicing.commands import BillingText, credit_invoice, give_billing, issue_invoice, make_paper, order_quote
from encommun.invoicing.factur_x import buyer_reference, verdict, xml_of
from encommun.invoicing.models import Billing
from encommun.invoicing.papers import factur_x_pdf, quote_pdf, sheet_pdf
from encommun.invoicing.queries import deposit_values
from tests.cast import NOW
from tests.invoicing.office import AFTER, ORDER, holder_of, issuer, open_sale, paid, quote

FIXTURES = Path(__file__).resolve().parents[3] / "shared" / "reference" / "factur-x-fixtures"
WITH_TAX = {"regime": "charged", "vat_number": "FR11123456782", "vat_rate": 2000, "on_debits": True}
REGIMES = {
    "out_of_scope": {"regime": "out_of_scope"},
    "exempt_261": {"regime": "exempt_261"},
    "franchise": {"regime": "franchise", "vat_number": "FR11123456782"},
    "charged": WITH_TAX,
}
BODY = BillingText(
    kind="body", buyer_name="La Cantine", street="10 rue Voltaire", postcode="44000", town="Nantes", siret="29999999500036"
)

pytest.importorskip("saxonche", reason="the schematrons need saxonche")


@pytest.fixture
def sale(cast):
    open_sale(cast.event)
    return cast


def rules(found):
    return [rule for rule, _sentence in found]


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="the reference files are not beside this project")
@pytest.mark.parametrize(
    "name, base, fr",
    [
        ("valide-exoneree-261-7", [], []),
        ("valide-franchise-293B", [], []),
        ("valide-hors-champ-O", [], []),
        ("valide-tva-20", [], []),
        ("valide-avoir-381", [], []),
        ("invalide-BR-E-02", ["BR-E-02"], []),
        ("invalide-BR-FR-02-numero", [], ["BR-FR-02_BT-1"]),
        ("invalide-BR-FR-CO-09-payee", [], ["BR-FR-CO-09_BT-23-3"]),
        ("b2c-BR-FR-12", [], ["BR-FR-12_BT-49"]),
    ],
)
def test_the_nine_files_of_reference_get_the_verdict_that_their_names_say(name, base, fr):
    found = verdict((FIXTURES / f"{name}.xml").read_bytes())
    assert (found.schema, rules(found.base), rules(found.fr)) == ("", base, fr)


def test_what_is_not_an_invoice_is_told_so():
    assert verdict(b"<nothing/>").schema
    with pytest.raises(ValueError, match="no invoice"):
        verdict(quote_pdf_of_nothing())


def quote_pdf_of_nothing():
    from pypdf import PdfWriter

    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("regime", REGIMES)
def test_in_each_regime_an_order_its_partial_credit_and_its_whole_one_pass_every_rule(sale, regime):
    issuer(sale.event, **REGIMES[regime])
    booking = order_quote(quote(sale.event), ORDER, actor=sale.actor("farid"), at=NOW)
    invoice = issue_invoice(booking, actor=SYSTEM, at=AFTER)
    partial = credit_invoice(invoice, amount_cents=3333, reason="Une personne malade", actor=SYSTEM, at=AFTER)
    rest = credit_invoice(invoice, amount_cents=14667, reason="Tout compte fait", actor=SYSTEM, at=AFTER)
    for document in (invoice, partial, rest):
        found = verdict(factur_x_pdf(document))
        assert (document.number, found.schema, found.base, found.fr) == (document.number, "", (), ())


@pytest.mark.parametrize("regime", ["exempt_261", "charged"])
def test_a_paid_invoice_of_a_body_passes_every_rule_and_a_persons_the_base_ones(sale, regime):
    issuer(sale.event, **REGIMES[regime])
    of_person = issue_invoice(paid(sale, seats=7), actor=SYSTEM, at=NOW)
    booking = paid(sale, seats=3, structure="La Cantine")
    give_billing(booking, BODY, actor=holder_of(booking), at=NOW)
    of_body = issue_invoice(booking, actor=SYSTEM, at=NOW)
    whole = credit_invoice(of_body, amount_cents=18000, reason="Erreur de nom", actor=SYSTEM, at=NOW)
    assert verdict(xml_of(of_person)).is_valid
    for document in (of_body, whole):
        found = verdict(xml_of(document))
        assert (document.number, found.schema, found.base, found.fr) == (document.number, "", (), ())


@pytest.mark.parametrize("scheme, number", [("ridet", "0130054001"), ("tahiti", "B12345001")])
def test_an_overseas_body_without_siret_passes_the_base_rules(sale, scheme, number):
    issuer(sale.event)
    booking = order_quote(quote(sale.event), ORDER, actor=sale.actor("farid"), at=NOW)
    Billing.objects.filter(booking=booking).update(scheme=scheme, siret=number)
    invoice = issue_invoice(booking, actor=SYSTEM, at=AFTER)
    assert verdict(xml_of(invoice)).base == ()


# The values


def test_service_code_and_engagement_stand_where_chorus_pro_reads_them(sale):
    issuer(sale.event)
    booking = order_quote(quote(sale.event), ORDER, actor=sale.actor("farid"), at=NOW)
    invoice = issue_invoice(booking, actor=SYSTEM, at=AFTER)
    xml = xml_of(invoice).decode()
    assert "<ram:BuyerReference>MEDIA-042</ram:BuyerReference>" in xml
    assert "<ram:IssuerAssignedID>2018-000777</ram:IssuerAssignedID>" in xml
    assert '<ram:GlobalID schemeID="0009">29999999500010</ram:GlobalID>' in xml
    values = dict(row for _title, rows in deposit_values(invoice) for row in rows)
    assert {"29999999500010", "MEDIA-042", "2018-000777", "NEC2018-F-000001", "180.00"} <= set(values.values())


def test_the_buyer_reference_is_never_an_empty_element(sale):
    from dataclasses import replace

    issuer(sale.event)
    asked = replace(ORDER, demand="none", service_code="", engagement="", order_number="")
    booking = order_quote(quote(sale.event), asked, actor=sale.actor("farid"), at=NOW)
    invoice = issue_invoice(booking, actor=SYSTEM, at=AFTER)
    assert "BuyerReference" not in xml_of(invoice).decode()  # never an invented service, which Chorus Pro would reject
    person = issue_invoice(paid(sale), actor=SYSTEM, at=NOW)
    assert buyer_reference(person) == person.booking.code


# The files


def test_the_file_is_a_tagged_pdf_a_3_with_its_xml_inside(sale):
    from pypdf import PdfReader

    issuer(sale.event)
    invoice = issue_invoice(paid(sale), actor=SYSTEM, at=NOW)
    paper = make_paper(invoice, at=NOW)
    assert make_paper(invoice, at=AFTER).pk == paper.pk
    root = (reader := PdfReader(io.BytesIO(bytes(paper.factur_x)))).trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    for words in (
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>",
        "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>",
        "<pdfaSchema:prefix>fx</pdfaSchema:prefix>",
    ):
        assert words in metadata
    file = root["/AF"][0].get_object()
    assert (file["/UF"], file["/AFRelationship"]) == ("factur-x.xml", "/Data")
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), "/StructTreeRoot" in root) == ("fr", True, True)
    assert "/OutputIntents" in root
    assert reader.pdf_header == "%PDF-1.7"
    assert reader.trailer["/ID"]
    assert reader.attachments["factur-x.xml"] == [xml_of(invoice)]
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert all("/FontFile2" in font or "/FontFile3" in font for font in inner)
    assert "/JavaScript" not in str(root.get("/Names"))


def test_the_plain_pdf_says_what_the_law_asks_and_holds_no_file(sale):
    from pypdf import PdfReader

    issuer(sale.event)
    booking = order_quote(quote(sale.event), ORDER, actor=sale.actor("farid"), at=NOW)
    paper = make_paper(issue_invoice(booking, actor=SYSTEM, at=AFTER), at=AFTER)
    reader = PdfReader(io.BytesIO(bytes(paper.plain)))
    text = " ".join(reader.pages[0].extract_text().replace("\u202f", " ").replace("\u00a0", " ").split())
    for words in (
        "NEC2018-F-000001",
        "Association loi 1901",
        "SIRET 123 456 782 00010",
        "SIRET 299 999 995 00010",
        "Date d’émission : 20/09/2018",
        "Date d’échéance : 20/10/2018",
        "du 13/09/2018 au 14/09/2018",
        "Exonération de TVA, article 261, 7-1° du CGI",
        "40 €",
        "majoré de huit points",
        "Pas d’escompte",
        "prestation de services",
        "Numéro d’engagement : 2018-000777",
        "FR76 3000 6000 0112 3456 7890 189",
    ):
        assert words in text
    assert not reader.attachments


def test_what_people_type_is_never_markup(sale):
    """Typst reads nothing of it: not a function, not an escape, not an unknown sign."""
    issuer(sale.event, name='#read("/etc/passwd") $x$ *PiNG*', street="<b> & \\ [ ] @x 😀 漢字")
    made = quote(sale.event, body_name="#pagebreak() </script> ﷽", body_address="`rue`")
    assert quote_pdf(made).startswith(b"%PDF-")


def test_the_deposit_sheet_is_a_pdf_too(sale):
    issuer(sale.event)
    booking = order_quote(quote(sale.event), ORDER, actor=sale.actor("farid"), at=NOW)
    invoice = issue_invoice(booking, actor=SYSTEM, at=AFTER)
    assert sheet_pdf(invoice, deposit_values(invoice), on=AFTER.date()).startswith(b"%PDF-")
