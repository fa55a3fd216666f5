"""Tables as French banks give them: «;», a comma before cents, 31/12/2018, often windows-1252, some lines before the heads."""

import csv
import re
from datetime import date, datetime

from encommun.foundation.text import clean_line
from encommun.payment.providers.transfer.read import Credit, Sheet, cents_of, squeezed
from encommun.payment.refusals import UnreadableStatement

DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y")
DATE_HEADS = ("DATEDECOMPTABILISATION", "DATECOMPTABLE", "DATEOPERATION", "DATEDELOPERATION", "DATE", "BOOKINGDATE")
CREDIT_HEADS = ("CREDIT", "CREDITEUR", "CREDITEUROS", "CREDITEUR", "MONTANTCREDIT")
AMOUNT_HEADS = ("MONTANT", "MONTANTEUR", "MONTANTEUROS", "AMOUNT", "MONTANTDELOPERATION")
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
    debits = 0
    for number, row in enumerate(rows[start + 1 :], start + 2):
        said = [row[n] if n < len(row) else "" for n in range(max(len(row), len(rows[start])))]
        if not any(cell.strip() for cell in said) or not said[columns["date"][0]].strip():
            continue
        cents = _cents(said[columns["amount"][0]], number)
        if cents <= 0:
            debits += 1
            continue
        credits.append(
            Credit(
                booked_on=_day(said[columns["date"][0]], number),
                amount_cents=cents,
                payer=clean_line(" ".join(said[n] for n in columns["payer"]))[:140],
                text=clean_line(" ".join(said[n] for n in columns["text"]))[:500],
            )
        )
    return Sheet(credits=credits, debits=debits)


def _rows(content: bytes) -> list[list[str]]:
    if b"\0" in content:
        raise UnreadableStatement(why="CSV")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = "\n".join(text.splitlines()[:HEADS_WITHIN])
    delimiter = max(";\t,", key=first.count)
    try:
        return list(csv.reader(text.splitlines(), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableStatement(why="CSV") from error


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
                "payer": [n for n, head in enumerate(heads) if any(head.startswith(word) for word in WORDS_OF_PAYER)],
            }
    raise UnreadableStatement(why="« Date », « Montant » ?")


def _cents(cell: str, line: int) -> int:
    plain = re.sub(r"[\s\u00a0\u202f€+]|EUR", "", cell)
    if not plain:
        return 0
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        return cents_of(plain)
    except ValueError as error:
        raise UnreadableStatement(why=f"{line} : « {clean_line(cell)[:40]} »") from error


def _day(cell: str, line: int) -> date:
    for form in DAYS:
        try:
            return datetime.strptime(cell.strip(), form).date()
        except ValueError:
            continue
    raise UnreadableStatement(why=f"{line} : « {clean_line(cell)[:40]} »")
