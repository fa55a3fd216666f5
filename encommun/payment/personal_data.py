"""What the accounts hold about people: who paid, and from which account."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encommun.foundation.holdings import Holding, Kept, Subject
from encommun.payment.models import Cheque, Refund, Statement, StatementLine
from encommun.registration.rules import BOOKING_LINK

ACCOUNTING_YEARS = 10
PREVIEW_KEPT = timedelta(days=1)
KEEPS = gettext_lazy("ten years, as the law asks for accounts (code de commerce, article L123-22)")


def _of(subject: Subject, path: str) -> Q:
    """Rows of bookings of this person; ``path`` leads from the row to the booking."""
    codes = {code for kind, code in subject.links if kind == BOOKING_LINK}
    mine = Q(**{f"{path}email__in": subject.emails}) | Q(**{f"{path}code__in": codes})
    return mine | Q(**{f"{path}account_id": subject.account_id}) if subject.account_id is not None else mine


def _refunds(subject: Subject) -> Iterable[Refund]:
    return Refund.objects.filter(_of(subject, "payment__booking__")).exclude(iban="").order_by("pk")


def _cheques(subject: Subject) -> Iterable[Cheque]:
    return Cheque.objects.filter(_of(subject, "payment__booking__")).order_by("pk")


def _lines(subject: Subject) -> Iterable[StatementLine]:
    return StatementLine.objects.filter(_of(subject, "allocations__payment__booking__")).distinct().order_by("pk")


def _previews(_subject: Subject) -> Iterable[Statement]:
    return Statement.objects.none()  # nobody is known in a file that was only looked at


def _keep(find: Any, what: str, day: Any) -> Any:
    def erase(subject: Subject, *, at: datetime) -> list[Kept]:
        return [
            Kept(
                what=str(what),
                why=_("It is in the accounts, which are kept for ten years (code de commerce, article L123-22)."),
                until=_("31 December {year}").format(year=day(row).year + ACCOUNTING_YEARS),
            )
            for row in find(subject)
        ]

    return erase


def _drop_previews(*, at: datetime) -> int:
    return int(Statement.objects.filter(kept_at=None, read_at__lt=at - PREVIEW_KEPT).delete()[0])


HOLDINGS = [
    Holding(
        model="payment.Refund",
        fields={
            "account_holder": gettext_lazy("to give money back by transfer"),
            "iban": gettext_lazy("to give money back by transfer"),
        },
        purpose=gettext_lazy("Give money back"),
        basis="6.1.b",
        keeps=KEEPS,
        find=_refunds,
        export=lambda refund: {
            "reference": refund.reference,
            "amount_cents": refund.amount_cents,
            "account_holder": refund.account_holder,
            "iban": refund.iban,
        },
        erase=_keep(_refunds, gettext_lazy("The account on which money was given back to you"), lambda refund: refund.asked_at),
        also=("reference", "amount_cents"),
    ),
    Holding(
        model="payment.Cheque",
        fields={"drawer": gettext_lazy("to know whose cheque it is"), "bank": gettext_lazy("for the slip that goes to the bank")},
        purpose=gettext_lazy("Take cheques to the bank"),
        basis="6.1.b",
        keeps=KEEPS,
        find=_cheques,
        export=lambda cheque: {
            "number": cheque.number,
            "bank": cheque.bank,
            "drawer": cheque.drawer,
            "received_on": cheque.received_on.isoformat(),
        },
        erase=_keep(_cheques, gettext_lazy("Your cheque"), lambda cheque: cheque.received_on),
        also=("number", "received_on"),
    ),
    Holding(
        model="payment.StatementLine",
        fields={
            "payer": gettext_lazy("to know which booking a transfer pays"),
            "payer_iban": gettext_lazy("to give it back where it came from"),
            "text": gettext_lazy("what was written on the transfer"),
        },
        purpose=gettext_lazy("Recognise bank transfers"),
        basis="6.1.b",
        keeps=KEEPS,
        find=_lines,
        export=lambda line: {
            "booked_on": line.booked_on.isoformat(),
            "amount_cents": line.amount_cents,
            "payer": line.payer,
            "payer_iban": line.payer_iban,
            "text": line.text,
        },
        erase=_keep(_lines, gettext_lazy("Your transfer, as it is on the bank’s statement"), lambda line: line.booked_on),
        also=("booked_on", "amount_cents"),
    ),
    Holding(
        model="payment.Statement",
        fields={"read": gettext_lazy("to show the team what a file says before it is kept")},
        purpose=gettext_lazy("Recognise bank transfers"),
        basis="6.1.b",
        keeps=gettext_lazy("until the team keeps or drops the file, a day at most"),
        find=_previews,
        export=lambda statement: {"file_name": statement.file_name},
        erase=lambda subject, *, at: [],
        also=("file_name",),
        purge=_drop_previews,
    ),
]
