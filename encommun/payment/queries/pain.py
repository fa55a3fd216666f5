"""The order that a bank executes: transfers back to people (ISO 20022, pain.001.001.03)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from encommun.foundation.money import as_decimal
from encommun.payment.models import Refund, TransferAccount

SPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"


def transfers_back(account: TransferAccount, refunds: Sequence[Refund], *, at: datetime) -> bytes:
    """A file for the bank, one order for all of them, those with an account only."""
    from lxml import etree

    ready = [refund for refund in refunds if refund.iban]
    total = as_decimal(sum(refund.amount_cents for refund in ready))
    root = etree.Element("Document", nsmap={None: SPACE})
    whole = _add(root, "CstmrCdtTrfInitn")
    name = f"ENCOMMUN-{at:%Y%m%d%H%M%S}"
    head = _add(whole, "GrpHdr")
    for tag, text in (("MsgId", name), ("CreDtTm", f"{at:%Y-%m-%dT%H:%M:%S}"), ("NbOfTxs", len(ready)), ("CtrlSum", total)):
        _add(head, tag, str(text))
    _add(_add(head, "InitgPty"), "Nm", account.holder[:70])
    order = _add(whole, "PmtInf")
    for tag, text in (("PmtInfId", name), ("PmtMtd", "TRF"), ("NbOfTxs", len(ready)), ("CtrlSum", total)):
        _add(order, tag, str(text))
    _add(_add(_add(order, "PmtTpInf"), "SvcLvl"), "Cd", "SEPA")
    _add(order, "ReqdExctnDt", f"{at:%Y-%m-%d}")
    _add(_add(order, "Dbtr"), "Nm", account.holder[:70])
    _add(_add(_add(order, "DbtrAcct"), "Id"), "IBAN", account.iban)
    bank = _add(_add(order, "DbtrAgt"), "FinInstnId")
    if account.bic:
        _add(bank, "BIC", account.bic)
    else:
        _add(_add(bank, "Othr"), "Id", "NOTPROVIDED")
    _add(order, "ChrgBr", "SLEV")
    for refund in ready:
        one = _add(order, "CdtTrfTxInf")
        _add(_add(one, "PmtId"), "EndToEndId", refund.reference)
        _add(_add(one, "Amt"), "InstdAmt", as_decimal(refund.amount_cents), Ccy="EUR")
        _add(_add(one, "Cdtr"), "Nm", refund.account_holder[:70] or "-")
        _add(_add(_add(one, "CdtrAcct"), "Id"), "IBAN", refund.iban)
        _add(_add(one, "RmtInf"), "Ustrd", refund.reference)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    from lxml import etree

    node = etree.SubElement(parent, tag, attributes)
    node.text = text or None
    return node
