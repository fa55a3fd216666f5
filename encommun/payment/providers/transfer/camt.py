"""CAMT.053: the statement of account of ISO 20022, whatever its version."""

import re
from datetime import date
from typing import Any

from encommun.foundation.text import clean_line
from encommun.payment.providers.transfer.read import Credit, Sheet, cents_of
from encommun.payment.refusals import UnreadableStatement


def read(content: bytes) -> Sheet:
    """The booked credits of a statement; of a batch, each transfer by itself.

    Raises:
        UnreadableStatement: not XML, with a document type, or not a statement.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableStatement(why="XML") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableStatement(why="DOCTYPE")
    entries = root.findall(".//{*}Stmt/{*}Ntry") or root.findall(".//{*}Ntfctn/{*}Ntry") or root.findall(".//{*}Rpt/{*}Ntry")
    if not entries and root.find(".//{*}Stmt") is None:
        raise UnreadableStatement(why="CAMT.053")
    credits: list[Credit] = []
    debits = foreign = 0
    try:
        for entry in entries:
            if not _is_booked(entry):
                continue
            if _text(entry, "CdtDbtInd") != "CRDT" or _text(entry, "RvslInd") == "true":
                debits += 1
                continue
            for credit in _credits(entry):
                if credit is None:
                    foreign += 1
                else:
                    credits.append(credit)
    except ValueError as error:
        raise UnreadableStatement(why=clean_line(str(error))[:80]) from error
    return Sheet(credits=credits, debits=debits, foreign=foreign)


def _credits(entry: Any) -> list[Credit | None]:
    details = entry.findall("{*}NtryDtls/{*}TxDtls")
    if len(details) < 2:
        return [_credit(entry, details[0] if details else entry, entry.find("{*}Amt"))]
    amounts = [_amount_of(detail) for detail in details]
    whole = entry.find("{*}Amt")
    if any(amount is None for amount in amounts) or not _add_up(amounts, whole):
        return [_credit(entry, details[0], whole)]  # a batch that is not detailed, or not wholly: one line
    return [_credit(entry, detail, amount) for detail, amount in zip(details, amounts, strict=True)]


def _add_up(amounts: list[Any], whole: Any) -> bool:
    """Whether the parts are those of the movement; what is in another currency, or says nothing, cannot be told."""
    if whole is None or any(amount.get("Ccy", "EUR") != whole.get("Ccy", "EUR") for amount in amounts):
        return True
    total = cents_of((whole.text or "").strip())
    return not total or sum(cents_of((amount.text or "").strip()) for amount in amounts) == total


def _amount_of(detail: Any) -> Any:
    for path in ("{*}Amt", "{*}AmtDtls/{*}TxAmt/{*}Amt", "{*}AmtDtls/{*}InstdAmt/{*}Amt"):
        if (found := detail.find(path)) is not None:
            return found
    return None


def _credit(entry: Any, detail: Any, amount: Any) -> Credit | None:
    if amount is None or amount.get("Ccy", "EUR") != "EUR":
        return None
    payer = detail.find(".//{*}Dbtr/{*}Nm")
    payer = payer if payer is not None else detail.find(".//{*}Dbtr/{*}Pty/{*}Nm")
    iban = detail.find(".//{*}DbtrAcct/{*}Id/{*}IBAN")
    said = [node.text or "" for path in ("Ustrd", "Strd//{*}Ref") for node in detail.findall(f".//{{*}}RmtInf/{{*}}{path}")]
    end_to_end = detail.find(".//{*}Refs/{*}EndToEndId")
    if end_to_end is not None and (end_to_end.text or "") not in ("NOTPROVIDED", ""):
        said.append(end_to_end.text)
    said.append(_text(entry, "AddtlNtryInf") if not said else "")
    name = _text(detail, "Refs/{*}AcctSvcrRef") or _text(detail, "Refs/{*}TxId") or _text(entry, "AcctSvcrRef")
    return Credit(
        booked_on=_day(entry),
        amount_cents=cents_of((amount.text or "").strip()),
        payer=clean_line(payer.text or "")[:140] if payer is not None else "",
        payer_iban=re.sub(r"\s", "", iban.text or "")[:34] if iban is not None else "",
        text=clean_line(" ".join(part for part in said if part))[:500],
        bank_name=name,
    )


def _is_booked(entry: Any) -> bool:
    status = _text(entry, "Sts/{*}Cd") or _text(entry, "Sts")
    return status in ("BOOK", "")


def _day(entry: Any) -> date:
    for path in ("BookgDt/{*}Dt", "BookgDt/{*}DtTm", "ValDt/{*}Dt", "ValDt/{*}DtTm"):
        if found := _text(entry, path):
            return date.fromisoformat(found[:10])
    raise ValueError("BookgDt")


def _text(node: Any, path: str) -> str:
    found = node.find(f"{{*}}{path}")
    return (found.text or "").strip() if found is not None else ""
