"""Tables as French banks give them: «;», a comma before cents, 31/12/2018, often windows-1252, some lines before the heads."""

import csv
import re
from datetime import date, datetime

from encommun.foundation.text import clean_line
from encommun.payment.providers.transfer.read import Credit, Sheet, cents_of, squeezed
from encommun.payment.refusals import UnreadableStatement

DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y")
DATE_HEADS = (
    *("DATEDECOMPTABILISATION", "DATECOMPTABLE", "DATEOPERATION", "DATEDELOPERATION", "DATEDELOPERATIONUTC"),
    *("DATEOP", "DATE", "DATEDEVALEURUTC", "BOOKINGDATE", "SETTLEMENTDATEUTC"),
)
CREDIT_HEADS = ("CREDIT", "CREDITEUR", "CREDITEUROS", "MONTANTCREDIT", "MONTANTAUCREDIT")
AMOUNT_HEADS = (
    *("MONTANT", "MONTANTEUR", "MONTANTEUROS", "AMOUNT", "MONTANTDELOPERATION"),
    *("MONTANTENEUROS", "MONTANTTOTALTTC", "TOTALAMOUNTINCLVAT"),
)
SIGN_HEADS = ("SENS", "DEBITCREDIT", "CREDITDEBIT")  # some banks write the sign in words, beside an amount without one
CURRENCY_HEADS = ("DEVISE", "CURRENCY")
WORDS_OF_TEXT = ("LIBELLE", "REFERENCE", "INFORMATION", "DETAIL", "COMMUNICATION", "MOTIF", "DESCRIPTION", "LABEL")
WORDS_OF_PAYER = ("EMETTEUR", "DONNEURDORDRE", "CONTREPARTIE", "NOM", "DEBITEUR", "TIERS", "PAYER")
HEADS_WITHIN = 20  # lines: banks write the account and its balance before the table


def read(content: bytes) -> Sheet:
    """The credits of a table.

    Raises:
        UnreadableStatement: no line of heads with a date and an amount, or an amount or a day that is none.
    """
    rows = _rows(content)
    start, columns = _heads(rows)
    credits: list[Credit] = []
    debits = foreign = 0
    for number, row in enumerate(rows[start + 1 :], start + 2):
        said = [row[n] if n < len(row) else "" for n in range(max(len(row), len(rows[start])))]
        if not any(cell.strip() for cell in said) or not said[columns["date"][0]].strip():
            continue
        cents = _cents(said[columns["amount"][0]], number)
        if cents <= 0 or _said_in(said, columns["sign"]).startswith("D"):
            debits += 1
            continue
        if _said_in(said, columns["currency"]) not in ("", "EUR", "EURO", "EUROS"):
            foreign += 1
            continue
        credits.append(
            Credit(
                booked_on=_day(said[columns["date"][0]], number),
                amount_cents=cents,
                payer=clean_line(" ".join(said[n] for n in columns["payer"]))[:140],
                text=clean_line(" ".join(said[n] for n in columns["text"]))[:500],
            )
        )
    return Sheet(credits=credits, debits=debits, foreign=foreign)


def _said_in(row: list[str], columns: list[int]) -> str:
    return squeezed(row[columns[0]]) if columns else ""


def _rows(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    first = "\n".join(text.splitlines()[:HEADS_WITHIN])
    delimiter = max(";\t,", key=first.count)
    try:
        return list(csv.reader(text.splitlines(), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableStatement(why="CSV") from error


def _decoded(content: bytes) -> str:
    """UTF-8, or windows-1252 as banks still write it; what a spreadsheet saved as «Unicode text» is UTF-16 and says so."""
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return content.decode("utf-16")
        if b"\0" in content:
            raise UnreadableStatement(why="CSV")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise UnreadableStatement(why="CSV") from error
        return content.decode("cp1252", errors="replace")


def _heads(rows: list[list[str]]) -> tuple[int, dict[str, list[int]]]:
    for number, row in enumerate(rows[:HEADS_WITHIN]):
        heads = [squeezed(cell) for cell in row]
        day = next((heads.index(name) for name in DATE_HEADS if name in heads), None)
        amount = next((heads.index(name) for name in (*CREDIT_HEADS, *AMOUNT_HEADS) if name in heads), None)
        if day is not None and amount is not None:
            return number, {
                "date": [day],
                "amount": [amount],
                "text": [n for n, head in enumerate(heads) if any(word in head for word in WORDS_OF_TEXT)],
                "sign": [n for n, head in enumerate(heads) if head in SIGN_HEADS],
                "currency": [n for n, head in enumerate(heads) if head in CURRENCY_HEADS],
                "payer": [n for n, head in enumerate(heads) if any(head.startswith(word) for word in WORDS_OF_PAYER)],
            }
    raise UnreadableStatement(why="« Date », « Montant » ?")


def _cents(cell: str, line: int) -> int:
    plain = re.sub(r"[\s\u00a0\u202f€+]|EUR", "", cell)
    if not plain:
        return 0
    if plain.rfind(",") > plain.rfind("."):  # 1.234,56
        plain = plain.replace(".", "").replace(",", ".")
    elif "." in plain:  # 1,234.56
        plain = plain.replace(",", "")
    try:
        return cents_of(plain)
    except ValueError as error:
        raise UnreadableStatement(why=f"{line} : « {clean_line(cell)[:40]} »") from error


def _day(cell: str, line: int) -> date:
    written = re.split(r"[ T]", cell.strip(), maxsplit=1)[0]  # an hour may follow
    for form in DAYS:
        try:
            return datetime.strptime(written, form).date()
        except ValueError:
            continue
    raise UnreadableStatement(why=f"{line} : « {clean_line(cell)[:40]} »")
