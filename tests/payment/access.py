"""Who may reach the addresses of money."""

from encommun.payment.commands import refund_payment
from tests.access import EVERYONE, Row
from tests.registration.access import KEEPERS, NEC, booked, booking, booking_link, elsewhere, of_event


def refunded(cast):
    """A booking of which a part goes back by transfer."""
    from encommun.payment.commands import receive_transfer
    from tests.cast import NOW

    found = booking(cast)
    if found.state == "held":
        farid = cast.actor("farid")
        payment = receive_transfer(found, amount_cents=found.total_cents, received_at=NOW, actor=farid, at=NOW)
        refund_payment(payment, amount_cents=100, actor=farid, at=NOW)
    return booked(cast)


def other(of):
    """The same thing, looked for in the other gathering."""
    return lambda cast: of(cast) | {"event": cast.other.slug}


def stray(cast):
    from encommun.payment.commands import keep_stray
    from encommun.payment.models import Stray
    from tests.cast import NOW

    told = {"provider": "card", "name": "cs_1", "why": Stray.Why.UNKNOWN, "amount_cents": 6000, "event_id": cast.event.pk}
    keep_stray(**told, at=NOW)
    return NEC | {"pk": Stray.objects.get().pk}


def brought_in(cast):
    from encommun.payment.commands import read_statement
    from encommun.payment.models import Statement
    from tests.cast import NOW

    found = Statement.objects.filter(event=cast.event).first()
    content = b"Date;Libelle;Credit\n02/07/2018;VIR MARTIN;60,00\n"
    read = found or read_statement(cast.event, file_name="r.csv", content=content, actor=cast.actor("farid"), at=NOW)
    return NEC | {"pk": read.pk}


def credit(cast):
    from encommun.payment.commands import keep_statement
    from encommun.payment.models import Statement, StatementLine
    from tests.cast import NOW

    if not StatementLine.objects.exists():
        keep_statement(Statement.objects.get(pk=brought_in(cast)["pk"]), actor=cast.actor("farid"), at=NOW)
    return NEC | {"pk": StatementLine.objects.get().pk}


def cheque(cast):
    from encommun.payment.commands import Arrived, receive_cheque
    from encommun.payment.models import Cheque
    from tests.cast import NOW

    found = Cheque.objects.first()
    if found is None:
        written = Arrived(number="12", bank="Banque", drawer="Chloé", received_on=NOW.date())
        found = receive_cheque(booking(cast), written, amount_cents=6000, actor=cast.actor("farid"), at=NOW)
    return NEC | {"pk": found.pk}


def slip(cast):
    from encommun.payment.commands import make_deposit
    from encommun.payment.models import Deposit
    from tests.cast import NOW

    if not Deposit.objects.exists():
        make_deposit(cast.event, [cheque(cast)["pk"]], actor=cast.actor("farid"), at=NOW)
    return NEC | {"number": 1}


def receipt(cast):
    from encommun.payment.commands import take_at_desk
    from encommun.payment.models import Receipt
    from tests.cast import NOW

    if not Receipt.objects.exists():
        take_at_desk(booking(cast), provider="cash", amount_cents=6000, actor=cast.actor("farid"), at=NOW)
    return NEC | {"number": 1}


def with_account(cast):
    from encommun.payment.commands import set_transfer_account
    from tests.cast import NOW

    account = {"holder": "PiNG", "iban": "FR76 3000 6000 0112 3456 7890 189"}
    set_transfer_account(cast.event, **account, actor=cast.actor("farid"), at=NOW)
    return of_event(cast)


def payment(cast):
    refunded(cast)
    return NEC | {"reference": booking(cast).payments.get().reference}


ACCESS = {
    "payment:pay": Row(allowed=("owner", *KEEPERS), kwargs=booked, link=booking_link, foreign=elsewhere),
    "payment:returned": Row(allowed=("owner", *KEEPERS), kwargs=booked, link=booking_link, foreign=elsewhere),
    "payment:change_way": Row(allowed=("owner", *KEEPERS), kwargs=booked, method="POST", link=booking_link, foreign=elsewhere),
    "payment:where_back": Row(allowed=("owner", *KEEPERS), kwargs=refunded, link=booking_link, foreign=elsewhere),
    "payment:receive": Row(allowed=KEEPERS, kwargs=booked, foreign=elsewhere),
    "payment:refunded": Row(allowed=KEEPERS, kwargs=booked, method="POST", foreign=elsewhere),
    "payment:account": Row(allowed=KEEPERS, kwargs=of_event),
    "payment:fees": Row(allowed=EVERYONE, kwargs=of_event),
    "payment:receive_cheque": Row(allowed=KEEPERS, kwargs=booked, foreign=elsewhere),
    "payment:take": Row(allowed=KEEPERS, kwargs=booked, foreign=elsewhere),
    "payment:waive": Row(allowed=KEEPERS, kwargs=booked, foreign=elsewhere),
    "payment:treasury": Row(allowed=KEEPERS, kwargs=of_event),
    "payment:strays": Row(allowed=KEEPERS, kwargs=of_event),
    "payment:stray": Row(allowed=KEEPERS, kwargs=stray, foreign=other(stray)),
    "payment:statements": Row(allowed=KEEPERS, kwargs=of_event),
    "payment:statement": Row(allowed=KEEPERS, kwargs=brought_in, foreign=other(brought_in)),
    "payment:line": Row(allowed=KEEPERS, kwargs=credit, foreign=other(credit)),
    "payment:match": Row(allowed=KEEPERS, kwargs=credit, method="POST", foreign=other(credit)),
    "payment:aside": Row(allowed=KEEPERS, kwargs=credit, method="POST", foreign=other(credit)),
    "payment:cheques": Row(allowed=KEEPERS, kwargs=of_event),
    "payment:deposit": Row(allowed=KEEPERS, kwargs=of_event, method="POST"),
    "payment:slip": Row(allowed=KEEPERS, kwargs=slip, foreign=other(slip)),
    "payment:bounce": Row(allowed=KEEPERS, kwargs=cheque, foreign=other(cheque)),
    "payment:desk": Row(allowed=KEEPERS, kwargs=of_event),
    "payment:receipt": Row(allowed=KEEPERS, kwargs=receipt, foreign=other(receipt)),
    "payment:refunds": Row(allowed=KEEPERS, kwargs=of_event),
    "payment:bank_order": Row(allowed=KEEPERS, kwargs=with_account),
    "payment:refund": Row(allowed=KEEPERS, kwargs=payment, foreign=other(payment)),
    "payment:reports": Row(allowed=KEEPERS, kwargs=of_event),
    "payment:ledger_file": Row(allowed=KEEPERS, kwargs=of_event),
    "payment:fec_file": Row(allowed=KEEPERS, kwargs=of_event),
    "payment:ways": Row(allowed=KEEPERS, kwargs=of_event),
    "provider:card": Row(allowed=EVERYONE, method="POST"),
    "provider:helloasso": Row(allowed=EVERYONE, method="POST"),
}
