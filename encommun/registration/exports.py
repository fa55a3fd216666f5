"""The team's list as a file: CSV, XLSX and ODS say the same cells, and no cell is ever a formula."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from encommun.foundation.money import as_decimal
from encommun.registration.models import Booking
from encommun.registration.rules import TARIFFS, WAYS
from encommun.ui.spreadsheets import cell as inert

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def heads() -> list[str]:
    """The names of the columns."""
    names = [_("Booking"), _("State"), _("Booked on"), _("Buyer"), _("E-mail"), _("Structure"), _("Way of paying")]
    names += [_("Pass"), _("Kind of pass"), _("Days"), _("Price in words"), _("Price"), _("Reduced by"), _("Holder")]
    return [*names, _("Holder’s e-mail")]


def rows(bookings: Any) -> Iterator[list[str]]:
    """One line a pass; amounts as decimals, moments as ISO."""
    for booking in bookings.iterator(chunk_size=500):
        about = _about(booking)
        for seat in booking.seats.all():
            prices = [str(TARIFFS.get(seat.tariff, "")), as_decimal(seat.price_cents), as_decimal(seat.off_cents)]
            cells = [*about, seat.code, str(seat.pass_type.name), " ".join(seat.days), *prices, seat.holder_name, seat.holder_email]
            yield [inert(cell) for cell in cells]


def _about(booking: Booking) -> list[str]:
    method = str(WAYS.get(booking.payment_method, booking.payment_method))
    when = booking.booked_at.isoformat(timespec="minutes")
    return [booking.code, str(booking.get_state_display()), when, booking.name, booking.email, booking.structure, method]


class _Echo:
    def write(self, value: str) -> str:
        return value


def csv_lines(bookings: Any) -> Iterator[str]:
    """A CSV for spreadsheets in French: semicolons, with the mark of UTF-8."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(heads())
    for cells in rows(bookings):
        yield writer.writerow(cells)


def xlsx(table: Iterable[list[str]], title: str) -> bytes:
    """A workbook whose cells are all text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for cells in table:
        line = [WriteOnlyCell(sheet, value=None) for _cell in cells]
        for place, cell in zip(line, cells, strict=True):
            place.value = cell
            place.data_type = "s"
        sheet.append(line)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def ods(table: Iterable[list[str]], title: str) -> bytes:
    """An OpenDocument sheet whose cells are all text."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    sheet = Table(name=title[:31])
    for cells in table:
        line = TableRow()
        for cell in cells:
            place = TableCell(valuetype="string")
            place.addElement(P(text=cell))
            line.addElement(place)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    kept = io.BytesIO()
    document.write(kept)
    return kept.getvalue()
