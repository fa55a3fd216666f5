"""A statement of a bank, whatever its form: CAMT.053 (XML, ISO 20022) or a table (CSV)."""

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from encommun.payment.refusals import UnreadableStatement

LARGEST = 3_000_000  # bytes; a year of a busy account
MOST_LINES = 5_000
LARGEST_AMOUNT = 10_000_000  # euros


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Money that came on the account. ``key`` is the same each time that this movement is read."""

    booked_on: date
    amount_cents: int
    payer: str = ""
    payer_iban: str = ""
    text: str = ""
    bank_name: str = ""  # what the bank calls the movement
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a file says: credits in euros, and how many lines are something else."""

    credits: list[Credit]
    debits: int = 0
    foreign: int = 0


def read_file(content: bytes) -> Sheet:
    """Read it.

    Raises:
        UnreadableStatement
    """
    from encommun.payment.providers.transfer import camt, table

    if len(content) > LARGEST:
        raise UnreadableStatement(why="3 Mo max.")
    head = content.lstrip()[:200]
    marks = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<")
    sheet = camt.read(content.lstrip()) if head.startswith(marks) else table.read(content)
    if len(sheet.credits) > MOST_LINES:
        raise UnreadableStatement(why=f"> {MOST_LINES}")
    return replace(sheet, credits=_with_keys(sheet.credits))


def squeezed(text: str) -> str:
    """Letters and digits only, upper case, without accents: what is left of a reference after a bank's form."""
    plain = unicodedata.normalize("NFKD", text).upper()
    return re.sub(r"[^A-Z0-9]", "", plain)


def cents_of(amount: str) -> int:
    """«60.00» in cents.

    Raises:
        ValueError: no number, more than two decimals, or more than any account holds.
    """
    try:
        number = Decimal(amount)
        if not number.is_finite() or abs(number) >= LARGEST_AMOUNT or number * 100 != int(number * 100):
            raise ValueError(amount[:40])
    except InvalidOperation as error:
        raise ValueError(amount[:40]) from error
    return int(number * 100)


def _with_keys(credits: list[Credit]) -> list[Credit]:
    """Name each movement by what it says; two that say the same are told apart by their order."""
    seen: Counter[str] = Counter()
    found = []
    for credit in credits:
        said = f"{credit.booked_on}|{credit.amount_cents}|{squeezed(credit.bank_name) or squeezed(credit.payer + credit.text)}"
        seen[said] += 1
        found.append(replace(credit, key=hashlib.sha256(f"{said}|{seen[said]}".encode()).hexdigest()))
    return found
