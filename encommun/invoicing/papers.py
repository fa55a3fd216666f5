"""Quotes, invoices and deposit sheets as PDF (docs/decisions/0006 and 0010). In French: the language of the law.

Invoices are tagged (PDF/UA-1) and kept for ever (PDF/A-3a), with their XML inside: Factur-X.
"""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.utils import translation

from encommun.foundation.money import in_words
from encommun.foundation.text import typography
from encommun.invoicing.factur_x import xml_of
from encommun.invoicing.models import Invoice, Quote
from encommun.invoicing.rules import siret_in_groups
from encommun.ui.papers import paper

SOURCE = Path(__file__).parent / "templates" / "invoicing" / "document.typ"
STANDARDS = ["a-3a", "ua-1"]
SPECIMEN = "ESSAI"

#: What says inside the file that it is a Factur-X: without it, software takes it for a PDF among others.
_XMP = """<rdf:Description rdf:about="" xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#">\
<fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>\
<fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>"""
_SCHEMA = """<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property></rdf:li>"""
_PROPERTY = """<rdf:li rdf:parseType="Resource"><pdfaProperty:category>external</pdfaProperty:category>\
<pdfaProperty:description>{text}</pdfaProperty:description><pdfaProperty:name>{name}</pdfaProperty:name>\
<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"""
_PROPERTIES = {
    "DocumentFileName": "The name of the embedded XML document",
    "DocumentType": "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER",
    "Version": "The actual version of the standard applying to the embedded XML document",
    "ConformanceLevel": "The conformance level of the embedded XML document",
}


def invoice_pdf(invoice: Invoice) -> bytes:
    """The plain PDF, for who asks for one beside the Factur-X."""
    return _compiled(_invoice_data(invoice), invoice.issued_on)


def factur_x_pdf(invoice: Invoice) -> bytes:
    """The PDF with the XML inside, and its profile in the metadata."""
    data = _invoice_data(invoice) | {"xml": xml_of(invoice).decode()}
    return _with_profile(_compiled(data, invoice.issued_on))


def quote_pdf(quote: Quote) -> bytes:
    """The quote."""
    return _compiled(_quote_data(quote), quote.asked_at.date())


def sheet_pdf(invoice: Invoice, values: list[tuple[str, list[tuple[str, str]]]], *, on: date) -> bytes:
    """The deposit sheet: what to type into Chorus Pro, value by value."""
    return _compiled(_sheet_data(invoice, values, on), on)


def _compiled(data: dict[str, Any], on: date) -> bytes:
    xml = data.pop("xml", "")
    shown = _for_display(data) | {"xml": xml, "date": [on.year, on.month, on.day]}
    moment = int(datetime(on.year, on.month, on.day, 12, tzinfo=UTC).timestamp())
    return paper(SOURCE, shown, moment=moment, standards=STANDARDS, whole="xml")


def _with_profile(pdf: bytes) -> bytes:
    """Write the profile of Factur-X into the metadata; nothing else of the file changes."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, StreamObject

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    old = writer.root_object["/Metadata"].get_object()
    properties = "".join(_PROPERTY.format(name=name, text=text) for name, text in _PROPERTIES.items())
    text = old.get_data().decode()
    text = text.replace(
        "</rdf:Bag></pdfaExtension:schemas>", f"{_SCHEMA.format(properties=properties)}</rdf:Bag></pdfaExtension:schemas>"
    )
    text = text.replace("</rdf:RDF>", f"{_XMP}</rdf:RDF>")
    new = StreamObject()
    new.set_data(text.encode())
    new[NameObject("/Type")], new[NameObject("/Subtype")] = NameObject("/Metadata"), NameObject("/XML")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(new)
    reader_id = PdfReader(io.BytesIO(pdf)).trailer["/ID"]
    writer.pdf_header = "%PDF-1.7"  # what PDF/A-3 is made of; the library would write the oldest that it knows
    writer._ID = reader_id  # the same file, the same name: PDF/A asks for one
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _for_display(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _for_display(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_for_display(inner) for inner in value]
    return typography(value) if isinstance(value, str) else value


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _euros(cents: int) -> str:
    """Two decimals, always: columns line up."""
    words = in_words(abs(cents) - abs(cents) % 100, "fr").rsplit("\u00a0", 1)[0]
    return f"{'-' if cents < 0 else ''}{words},{abs(cents) % 100:02}\u00a0€"


def _unit(cents: int, quantity: int) -> str:
    """The price of one, without tax: with four decimals where cents do not fall even, so that it multiplies to the total."""
    whole, rest = divmod(cents, quantity)
    return _euros(whole) if not rest else f"{cents / quantity / 100:.4f}".replace(".", ",") + "\u00a0€"


def _percent(rate: int) -> str:
    whole, rest = divmod(rate, 100)
    return f"{whole}{f',{rest:02}'.rstrip('0') if rest else ''}\u00a0%"


def _seller(seller: dict[str, Any]) -> dict[str, Any]:
    numbers = [
        (seller["siret"] and f"SIRET {siret_in_groups(seller['siret'])}") or (seller["siren"] and f"SIREN {seller['siren']}"),
        seller["rna"] and f"RNA {seller['rna']}",
        seller["vat_number"] and f"TVA intracommunautaire {seller['vat_number']}",
    ]
    rows = [seller["legal_form"], seller["street"], seller["street_more"], f"{seller['postcode']} {seller['town']}"]
    rows += [*numbers, " · ".join(filter(None, (seller["email"], seller["phone"])))]
    return {"name": seller["name"], "lines": [row for row in rows if row]}


def _buyer(buyer: dict[str, Any]) -> dict[str, Any]:
    town = " ".join(filter(None, (buyer.get("postcode", ""), buyer.get("town", ""))))
    number = buyer.get("siret", "")
    label = buyer.get("scheme", "siret").upper()
    rows = [buyer.get("street", ""), town, f"{label} {siret_in_groups(number)}" if number else ""]
    return {"name": buyer["name"], "lines": [row for row in rows if row]}


def _base(content: dict[str, Any]) -> dict[str, Any]:
    seller = content["seller"]
    with_tax = content["vat"]["category"] == "S"
    lines, totals, heads = _lines(content, with_tax)
    foot = [seller["name"], seller["legal_form"], f"{seller['street']}, {seller['postcode']} {seller['town']}"]
    return {
        "xml": "",
        "specimen": "",
        "accent": "#8c1d2f",
        "seller": _seller(seller),
        "buyer": _buyer(content["buyer"]),
        "marks": [],
        "intro": "",
        "heads": heads,
        "lines": lines,
        "totals": totals,
        "tax": [content["vat"]["exemption"]] if content["vat"]["exemption"] else [],
        "foot": " · ".join(foot),
        "words": {
            "buyer": "Facturé à",
            "marks": "Vos références",
            "totals": "Totaux",
            "field": "Champ",
            "value": "Valeur exacte",
        },
    }


def _lines(content: dict[str, Any], with_tax: bool) -> tuple[list[Any], list[Any], list[str]]:
    if with_tax:
        rate = _percent(content["vat"]["rate"])
        heads = ["Désignation", "Quantité", "Prix unitaire HT", "Total HT", f"TVA {rate}", "Total TTC"]
        rows = [
            [
                [line["name"], line["detail"]],
                str(line["quantity"]),
                _unit(line["net_cents"], line["quantity"]),
                _euros(line["net_cents"]),
                _euros(line["tax_cents"]),
                _euros(line["gross_cents"]),
            ]
            for line in content["lines"]
        ]
        totals = [
            ["Total hors taxe", _euros(content["net_cents"]), False],
            [f"TVA {rate}", _euros(content["tax_cents"]), False],
            ["Total TTC", _euros(content["gross_cents"]), True],
        ]
        return rows, totals, heads
    heads = ["Désignation", "Quantité", "Prix unitaire", "Total"]
    rows = [
        [[line["name"], line["detail"]], str(line["quantity"]), _euros(line["unit_cents"]), _euros(line["gross_cents"])]
        for line in content["lines"]
    ]
    return rows, [["Total net de taxe", _euros(content["gross_cents"]), True]], heads


def _invoice_data(invoice: Invoice) -> dict[str, Any]:
    content = invoice.content
    buyer = content["buyer"]
    kind = "Avoir" if invoice.is_credit else "Facture"
    first, last = (date.fromisoformat(day) for day in content["service"])
    facts = [f"Date d’émission : {_day(invoice.issued_on)}"]
    if not invoice.is_credit:
        facts += [f"Date d’échéance : {_day(invoice.due_on)}" if invoice.due_cents else content["terms"]]
    facts += [f"Prestation : {_day(first)}" if first == last else f"Prestation : du {_day(first)} au {_day(last)}"]
    data = _base(content) | {
        "title": f"{kind} {invoice.number}",
        "kind": kind,
        "number": invoice.number,
        "facts": facts,
        "marks": _marks(content, buyer),
        "specimen": SPECIMEN if invoice.is_test else "",
        "intro": _cited(content) if invoice.is_credit else "",
        "groups": _groups(invoice, content),
    }
    if invoice.prepaid_cents:
        data["totals"] += [
            ["Déjà payé", _euros(-invoice.prepaid_cents), False],
            ["Reste à payer", _euros(invoice.due_cents), True],
        ]
    return data


def _cited(content: dict[str, Any]) -> str:
    cited = content["corrects"]
    on = _day(date.fromisoformat(cited["on"]))
    return f"Avoir sur la facture {cited['number']} du {on}. Motif : {content['reason']}"


def _marks(content: dict[str, Any], buyer: dict[str, Any]) -> list[list[str]]:
    rows = [
        ["Réservation", content.get("booking", "")],
        ["Code service", buyer.get("service_code", "")],
        ["Numéro d’engagement", buyer.get("engagement", "")],
        ["Bon de commande", buyer.get("order_number", "")],
        ["Marché", buyer.get("market", "")],
    ]
    return [row for row in rows if row[1]]


def _groups(invoice: Invoice, content: dict[str, Any]) -> list[dict[str, Any]]:
    bank = content["bank"]
    groups = []
    if invoice.due_cents and bank["iban"] and not invoice.is_credit:
        iban = " ".join(bank["iban"][n : n + 4] for n in range(0, len(bank["iban"]), 4))
        reference = content["reference"]
        rows = [
            f"{content['terms']}. Titulaire : {bank['holder']}",
            f"IBAN : {iban}{f' · BIC : {bank["bic"]}' if bank['bic'] else ''}",
            f"Référence à rappeler : {invoice.number} ou {reference}",
        ]
        groups.append({"title": "Règlement par virement", "kind": "text", "rows": rows})
    legal = [f"Catégorie de l’opération : {content['operation'].lower()}."]
    legal += [f"{content['on_debits']}."] if content["on_debits"] else []
    legal += list(content["notes"].values())
    groups.append({"title": "Mentions légales", "kind": "text", "rows": legal})
    return groups


def _quote_data(quote: Quote) -> dict[str, Any]:
    content = quote.content
    data = _base(content)
    data["words"]["buyer"] = "Devis pour"
    data["buyer"]["lines"].append(f"À l’attention de {quote.buyer_name}")
    seller = content["seller"]
    with translation.override("fr"):
        until = _day(quote.valid_until)
    return data | {
        "title": f"Devis {quote.number}",
        "kind": "Devis",
        "number": quote.number,
        "facts": [f"Date : {_day(quote.asked_at.astimezone(quote.event.zone).date())}", f"Valable jusqu’au {until}"],
        "specimen": SPECIMEN if quote.is_test else "",
        "groups": [
            {
                "title": "Pour commander",
                "kind": "text",
                "rows": [
                    "Un bon de commande suffit : déposez-le à l’adresse reçue par courriel, ou donnez-y SIRET, code service et "
                    "numéro d’engagement. Les places sont alors confirmées, sans paiement d’avance.",
                    "Ce devis ne retient pas de place. La facture est émise après le service fait et déposée sur Chorus Pro ; "
                    "règlement par mandat administratif, à 30 jours.",
                    f"Une question : {seller['email']}",
                ],
            },
            {"title": "Bon pour accord", "kind": "text", "rows": ["Date, nom, qualité, signature et cachet :"]},
        ],
    }


def _sheet_data(invoice: Invoice, values: list[tuple[str, list[tuple[str, str]]]], on: date) -> dict[str, Any]:
    data = _base(invoice.content)
    return data | {
        "title": f"Fiche de dépôt {invoice.number}",
        "kind": "Fiche de dépôt",
        "number": invoice.number,
        "facts": ["Chorus Pro", f"Préparée le {_day(on)}"],
        "specimen": SPECIMEN if invoice.is_test else "",
        "lines": [],
        "totals": [],
        "tax": [],
        "intro": "À recopier telle quelle, ou à vérifier après le dépôt du fichier Factur-X : chaque valeur est celle du fichier.",
        "groups": [{"title": title, "kind": "values", "rows": [list(row) for row in rows]} for title, rows in values],
    }
