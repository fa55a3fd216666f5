"""Invoices as a table (CSV, XLSX, ODS) and as an archive of files, for the accountant or the platform."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from encommun.invoicing.commands import make_paper
from encommun.invoicing.factur_x import xml_of
from encommun.invoicing.models import Invoice
from encommun.ui.spreadsheets import cell as inert

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
MOST_FILES = 500  # in one archive: narrow the list for more


def rows_of(invoices: Iterable[Invoice]) -> list[list[Any]]:
    """Heads, then one row a document; credit notes are negative, so that columns add up."""
    heads = [_("Number"), _("Kind"), _("Date"), _("Due date"), _("Buyer"), "SIRET", _("Booking"), _("Service code")]
    heads += [_("Engagement number"), _("Total without tax"), _("Tax"), _("Total with tax"), _("Already paid"), _("State")]
    return [heads, *(_row(invoice) for invoice in invoices)]


def _row(invoice: Invoice) -> list[Any]:
    sign = -1 if invoice.is_credit else 1
    buyer = invoice.content["buyer"]
    amounts = [sign * cents / 100 for cents in (invoice.net_cents, invoice.tax_cents, invoice.gross_cents, invoice.prepaid_cents)]
    names = [
        invoice.buyer_name,
        invoice.buyer_siret,
        invoice.booking.code,
        buyer.get("service_code", ""),
        buyer.get("engagement", ""),
    ]
    kind = invoice.get_kind_display()
    return [invoice.number, str(kind), invoice.issued_on, invoice.due_on, *map(inert, names), *amounts, invoice.state or ""]


def table(kind: str, rows: list[list[Any]]) -> bytes:
    """A table in one of ``KINDS``."""
    return {"csv": _csv, "xlsx": _xlsx, "ods": _ods}[kind](rows)


def _csv(rows: list[list[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for row in rows:
        writer.writerow([f"{cell:.2f}".replace(".", ",") if isinstance(cell, float) else cell for cell in row])
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(rows: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, float):
                cell.number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ods(rows: list[list[Any]]) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Factures")
    for row in rows:
        line = TableRow()
        for cell in row:
            line.addElement(_ods_cell(cell, TableCell, P))
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def _ods_cell(value: Any, cell: Any, paragraph: Any) -> Any:
    if isinstance(value, float):
        made = cell(valuetype="float", value=f"{value:.2f}")
        text = f"{value:.2f}"
    elif isinstance(value, date):
        made, text = cell(valuetype="date", datevalue=value.isoformat()), value.isoformat()
    else:
        made, text = cell(valuetype="string"), str(value)
    made.addElement(paragraph(text=text))
    return made


def archive(invoices: Any, *, at: datetime) -> bytes:
    """The Factur-X of each, its XML, and the table of them all."""
    chosen = list(invoices[:MOST_FILES])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("factures.csv", table("csv", rows_of(chosen)))
        for invoice in chosen:
            box.writestr(f"{invoice.number}.pdf", bytes(make_paper(invoice, at=at).factur_x))
            box.writestr(f"{invoice.number}.xml", xml_of(invoice))
    return out.getvalue()
