"""Files of rows, streamed: commas and tabs as programs ask, and nothing that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

RUNS = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    def write(self, value: str) -> str:
        return value


def harmless_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula; amounts below zero stay amounts."""
    is_number = value[1:].replace(".", "", 1).replace(",", "", 1).isdigit()
    return f"'{value}" if value.startswith(RUNS) and not is_number else value


def csv_answer(rows: Iterable[tuple[str, ...]], name: str) -> StreamingHttpResponse:
    """A table for spreadsheets: «;», UTF-8 with its mark."""

    def lines() -> Iterator[str]:
        writer = csv.writer(_Echo(), delimiter=";")
        yield "\ufeff"
        for row in rows:
            yield writer.writerow([harmless_cell(str(cell)) for cell in row])

    return _answer(lines(), name, "text/csv; charset=utf-8")


def text_answer(rows: Iterable[tuple[str, ...]], name: str) -> StreamingHttpResponse:
    """A flat file with tabs, as article A47 A-1 asks; people open it in spreadsheets all the same."""
    return _answer(("\t".join(map(harmless_cell, row)) + "\r\n" for row in rows), name, "text/plain; charset=utf-8")


def _answer(lines: Iterable[str], name: str, content_type: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(lines, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
