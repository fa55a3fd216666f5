"""To the cent: basket = booking = invoice = payments = refunds = ledger = export, in random baskets; no price changed from outside.

Each basket (passes of fixed price, in three words, of a free amount; codes that take off a sum, a share, or fix the price; gifts to the
fund) is counted by a small calculator of its own (integers, nothing of the product), then booked, paid (at once or in parts, by card,
transfer through a bank statement, cheque, cash), invoiced under one of the four VAT regimes, given back in part, or cancelled for a
part of its price. What follows a movement is told twice. Invoices, credit notes, the XML of some, the ledger, the reports, the tables
and the accounting entries are then added up again. Twelve ways to tamper with a price are tried on the forms, the API, and the doors
of payment services.

``--database URL`` names a PostgreSQL that the trial may empty; without it: SQLite in a temporary folder.
``--mutant`` loses a cent of some refunds: the same sums must then differ.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

# The calculator's own
PRICES = {"un-jour": 3500, "deux-jours": 6000}
SCALE = {"low": 1999, "fair": 4501, "high": 7003}
FREE_FROM = 1000
CODES = {
    "": lambda price: price,
    "DIXEUROS": lambda price: max(price - 1000, 0),
    "TIERS": lambda price: price - price * 33 // 100,
    "VINGTCINQ": lambda price: min(price, 2500),
}
#: Regime, rate in hundredths of a percent.
REGIMES = [("out_of_scope", 0), ("exempt_261", 0), ("franchise", 0), ("charged", 2000)]
XML_SHARE = 0.02  # of the invoices whose XML is made and read again


def run(arguments: list[str]) -> dict[str, Any]:
    """Set up, buy, tamper, add up."""
    parser = argparse.ArgumentParser(prog="python -m trials money", description=__doc__)
    parser.add_argument("--baskets", type=int, default=300)
    parser.add_argument("--database", default="")
    parser.add_argument("--seed", type=int, default=2018)
    parser.add_argument("--mutant", action="store_true")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"ENCOMMUN_DATA": data, "ENCOMMUN_DATABASE_URL": chosen.database, "ENCOMMUN_DEMO": "yes"}
        os.environ |= {"ENCOMMUN_CARD_SECRET_KEY": "sk_test_trial", "ENCOMMUN_CARD_WEBHOOK_SECRET": "whsec_trial"}
        os.environ |= {"ENCOMMUN_CARD_API_BASE": "http://127.0.0.1:9", "ENCOMMUN_TODAY": "2018-07-02"}
        subprocess.run([sys.executable, "-m", "encommun", "migrate"], check=True)
        begun = time.monotonic()
        shop = Shop(chosen.seed, mutant=chosen.mutant)
        for n in range(chosen.baskets):
            shop.basket(n)
        tampered = {} if chosen.mutant else shop.tamper()
        return shop.compare(chosen, tampered) | {"seconds": round(time.monotonic() - begun, 1)}


class Shop:
    """A gathering, its treasurer, and what the calculator says should be in the till."""

    def __init__(self, seed: int, *, mutant: bool) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encommun.settings")
        import django

        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        }
        from encommun.foundation import clock
        from trials.webhooks import empty_the_database

        empty_the_database()
        self.chance, self.at, self.wrong = random.Random(seed), clock.now(), list[str]()
        self.expected, self.of_event, self.reacted = Counter[str](), defaultdict[int, Counter[str]](Counter), 0
        self.events = [self._gathering(n, regime, rate) for n, (regime, rate) in enumerate(REGIMES)]
        self.event = self.events[0]
        if mutant:
            lose_a_cent()

    def _gathering(self, n: int, regime: str, rate: int) -> Any:
        """One for each VAT regime, with its own issuer, codes and fund."""
        from encommun.demo.steps.registration import PASSES
        from encommun.events.models import Event
        from encommun.foundation.actor import SYSTEM, Actor
        from encommun.invoicing.commands import IssuerText, keep_issuer
        from encommun.registration.commands import PassOffer, VoucherText, make_voucher, offer_passes, set_fund
        from encommun.registration.models import PassType

        days = {"starts_on": date(2018, 9, 13), "ends_on": date(2018, 9, 14)}
        slug = "nec-trial" if not n else f"nec-trial-{n}"
        event = Event.objects.create(slug=slug, acronym="trial", name="Trial", contact_email="a@b.example", is_public=True, **days)
        sale = {"on_sale_from": self.at - timedelta(days=1), "on_sale_until": self.at + timedelta(days=60)}
        more = [PassOffer(slug=slug, name={"fr": slug}, price_cents=SCALE["fair"]) for slug in ("en-mots", "libre")]
        offer_passes(event, passes=[*PASSES, *more], places_a_day=100_000, **sale, actor=SYSTEM, at=self.at)
        kinds = PassType.objects.filter(event=event)
        kinds.filter(slug="en-mots").update(pricing="scale", low_cents=SCALE["low"], high_cents=SCALE["high"])
        kinds.filter(slug="libre").update(pricing="free", low_cents=FREE_FROM)
        team = Actor(roles=frozenset({(event.pk, "registration")}))
        for code, kind, value in (("DIXEUROS", "amount", 1000), ("TIERS", "share", 33), ("VINGTCINQ", "fixed", 2500)):
            make_voucher(event, VoucherText(kind=kind, value=value, uses=10_000, code=code), actor=team, at=self.at)
        set_fund(event, text={}, is_open=True, actor=team, at=self.at)
        issuer = IssuerText(
            name="PiNG", legal_form="Association", siret="12345678200010", street="1 rue", postcode="44000", town="Nantes",
            contact_email="c@p.example", regime=regime, vat_rate=rate, vat_number="FR11123456782" if rate else "",
        )  # fmt: skip
        keep_issuer(event, issuer, prefix=f"ESSAI{n}", actor=SYSTEM, at=self.at)
        return event

    def basket(self, n: int) -> None:
        """One basket from the shelf to the accounts."""
        from encommun.foundation.actor import VISITOR, Actor
        from encommun.registration.commands import SeatWish, book_passes

        event = self.event = self.events[n % len(self.events)]
        self.farid = Actor(roles=frozenset({(event.pk, "registration")}))
        code = self.chance.choice(["", "", *CODES])
        wishes, price = [], 0
        for _n in range(self.chance.randint(1, 6)):
            wish, full = self._wish(SeatWish, event, n)
            wishes.append(wish)
            price += CODES[code](full)
        forward = self.chance.choice([0, 0, 0, 500, 1234])
        price += forward
        asked = {"buyer_name": f"Personne {n}", "email": "p@p.example", "payment_method": "transfer", "language": "fr"}
        basket = {"seats": wishes, "voucher": code, "forward_cents": forward}
        booking = book_passes(event, **basket, actor=VISITOR, at=self.at, **asked)
        self._same(f"{booking.code}: price", booking.total_cents, price)
        self._add("due", price)
        self._add("invoiced", price)
        self._react()
        if price:
            self._pay(booking, price, n)
        self._react()
        booking.refresh_from_db()
        self._same(f"{booking.code}: state", booking.state, "confirmed")
        back = 0
        match self.chance.randint(0, 5) if price else 9:
            case 0:
                back = self._give_back(booking, self.chance.randint(1, price))
            case 1:
                back = self._cancel(booking, price, by_team=True)
            case 2:
                back = self._cancel(booking, price, by_team=False)
        self._react()
        self._add("credited", back)
        self._check_invoices(booking, price, back)

    def _wish(self, wish: Any, event: Any, n: int) -> tuple[Any, int]:
        kind = self.chance.choice([*PRICES, "en-mots", "libre"])
        match kind:
            case "en-mots":
                tariff = self.chance.choice(list(SCALE))
                return wish(pass_type=kind, tariff=tariff), SCALE[tariff]
            case "libre":
                cents = self.chance.randint(FREE_FROM, 9_999)
                return wish(pass_type=kind, price_cents=cents), cents
        return wish(pass_type=kind, day=event.days[n % 2] if kind == "un-jour" else None), PRICES[kind]

    def _add(self, what: str, cents: int) -> None:
        self.expected[what] += cents
        self.of_event[self.event.pk][what] += cents

    def _react(self) -> None:
        """What follows about money, each of it told twice; papers and letters are left out."""
        from encommun.invoicing import tasks as invoicing_tasks
        from encommun.journal.models import Entry
        from encommun.payment import tasks as payment_tasks
        from encommun.reactions.table import TABLE

        while entries := list(Entry.objects.filter(pk__gt=self.reacted).order_by("pk")):
            for entry in entries:
                self.reacted = entry.pk
                for react in TABLE.get(entry.kind, ()):
                    ours = react.__module__ in (payment_tasks.__name__, invoicing_tasks.__name__)
                    for _n in range(2 if ours and react.__name__ != "make_papers" else 0):
                        react(entry)

    def _check_invoices(self, booking: Any, price: int, back: int) -> None:
        """Of one booking: what was invoiced, less what was credited, is what is kept; net and tax are its parts; so says the XML."""
        from encommun.invoicing.factur_x import xml_of
        from encommun.invoicing.models import Invoice

        sums = Counter[str]()
        for invoice in Invoice.objects.filter(booking=booking):
            sums[invoice.kind] += invoice.gross_cents
            self._same(f"{invoice.number}: net and tax", invoice.net_cents + invoice.tax_cents, invoice.gross_cents)
            lines = sum(line["gross_cents"] for line in invoice.content["lines"])
            self._same(f"{invoice.number}: lines", lines, invoice.gross_cents)
            if self.chance.random() < XML_SHARE:
                self.expected["xml"] += 1
                said = _grand_total(xml_of(invoice))
                self._same(f"{invoice.number}: XML", said, invoice.gross_cents)
        self._same(f"{booking.code}: invoiced, credited", (sums["380"], sums["381"]), (price, back))

    def _pay(self, booking: Any, price: int, n: int) -> None:
        from encommun.foundation.actor import SYSTEM
        from encommun.payment.commands import Arrived, Received, receive_cheque, settle, take_at_desk
        from encommun.payment.commands.new_payment import new_payment

        self._add("received", price)
        match self.chance.choice(["card", "transfer", "cheque", "cash"]):
            case "card":
                payment = new_payment(booking, "card", amount_cents=price, at=self.at)
                fee = price * 15 // 1000 + 25
                self._add("fee", fee)
                for _n in range(self.chance.randint(1, 3)):  # told several times
                    settle(payment, received=Received(amount_cents=price, fee_cents=fee), actor=SYSTEM, at=self.at)
            case "transfer":
                self._by_statement(booking, self._parts(price), n)
            case "cheque":
                for part in self._parts(price):
                    written = Arrived(number=str(n), bank="B", drawer="D", received_on=self.at.date())
                    receive_cheque(booking, written, amount_cents=part, actor=self.farid, at=self.at)
            case _:
                for part in self._parts(price):
                    take_at_desk(booking, provider="cash", amount_cents=part, actor=self.farid, at=self.at)

    def _parts(self, price: int) -> list[int]:
        cuts = sorted(self.chance.sample(range(1, price), self.chance.randint(0, 2)))
        return [end - start for start, end in zip([0, *cuts], [*cuts, price], strict=True)]

    def _by_statement(self, booking: Any, parts: list[int], n: int) -> None:
        from encommun.payment.commands import keep_statement, match_line, read_statement
        from encommun.payment.queries.proposals import proposals_for
        from encommun.payment.queries.treasury import lines_of

        rows = [f"02/07/2018;VIR {n}-{i} ref {booking.code.lower()};{p // 100},{p % 100:02}" for i, p in enumerate(parts)]
        content = "\n".join(["Date;Libellé;Crédit", *rows]).encode()
        statement = read_statement(self.event, file_name="r.csv", content=content, actor=self.farid, at=self.at)
        keep_statement(statement, actor=self.farid, at=self.at)
        for line in lines_of(self.event).filter(statement=statement):
            found = proposals_for(self.event, [line])[line.pk]
            self._same(f"{booking.code}: proposed", [one.booking.code for one in found], [booking.code])
            match_line(line, [found[0].booking], actor=self.farid, at=self.at)

    def _give_back(self, booking: Any, cents: int) -> int:
        from encommun.payment.commands import mark_refunded, refund_payment

        back = cents
        for payment in booking.payments.order_by("pk"):
            part = min(cents, payment.received_cents)
            cents -= part
            if part:
                refund = refund_payment(payment, amount_cents=part, actor=self.farid, at=self.at)
                mark_refunded(refund, actor=self.farid, at=self.at)
                self._add("refunded", part)
        return back

    def _cancel(self, booking: Any, price: int, *, by_team: bool) -> int:
        from encommun.journal.models import Entry
        from encommun.payment.commands import mark_refunded
        from encommun.payment.models import Refund
        from encommun.registration.commands import cancel_booking

        percent = 100 if by_team else self.chance.choice([100, 50, 33, 0])
        back = price * percent // 100
        cancel_booking(booking, reason="Non", actor=self.farid, at=self.at)
        entry = Entry.objects.filter(kind="registration.booking_cancelled").latest("pk")
        entry.facts = entry.facts | {"by_team": by_team, "refund_cents": back}  # as who booked would have been told
        Entry.objects.filter(pk=entry.pk).update(facts=entry.facts)
        self._react()
        parts = [payment.received_cents for payment in booking.payments.all()]
        for refund in Refund.objects.filter(payment__booking=booking, state="to_do"):
            mark_refunded(refund, actor=self.farid, at=self.at)
        self._add("refunded", back)
        self._add("kept", sum(parts) - back)
        self._same(f"{booking.code}: parts", sum(parts), price)
        return back

    def _same(self, what: str, found: Any, wanted: Any) -> None:
        if found != wanted:
            self.wrong.append(f"{what}: {found!r} instead of {wanted!r}")

    def tamper(self) -> dict[str, str]:
        """Twelve ways; each says what came of it: «held off» or «worked». The honest order is made first."""
        from encommun.registration.models import Booking

        self.event = self.events[0]
        before = Booking.objects.count()
        self.book_by_form()
        book_by_api({"seats": [{"pass_type": "deux-jours"}]})
        if Booking.objects.count() != before + 2:  # else nothing below would prove anything
            self.wrong.append("the form or the API does not book what is honestly asked")
        return {name: self._tried(act) for name, act in TAMPERINGS.items()}

    def _tried(self, act: Any) -> str:
        from encommun.registration.models import Booking

        last = Booking.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        act(self)
        for booking in Booking.objects.filter(pk__gt=last).prefetch_related("seats__pass_type"):
            true = sum(PRICES[seat.pass_type.slug] for seat in booking.seats.all()) + booking.forward_cents
            paid = booking.state == "confirmed" or booking.ledger.filter(kind="received").exists()
            if booking.total_cents != true or paid or not true:
                return "worked"
        return "held off"

    def book_by_form(self, **changed: str) -> Any:
        """The form, sent straight to its last step, with something else in it; the booking's code if one was made."""
        from django.test import Client

        typed = {
            "step": "book",
            "places": "1",
            "pass1-choice": self.choice("deux-jours"),
            "name": "Une personne",
            "email": "u@p.example",
            "payment_method": "transfer",
            "idempotency_key": str(uuid.uuid4()),
        }
        client = Client()
        answer = client.post("/nec-trial/inscriptions/reserver/", typed | changed)
        return client, answer

    def choice(self, slug: str) -> str:
        """The value of a pass in the form."""
        from encommun.registration.queries import choices_of

        return next(choice.value for choice in choices_of(self.event, self.at) if choice.pass_type.slug == slug)

    def compare(self, chosen: Any, tampered: dict[str, str]) -> dict[str, Any]:
        """Add everything up again, each time from another place."""
        from django.db.models import Sum

        from encommun.payment.models import LedgerEntry
        from encommun.payment.queries import report_of, what_does_not_hold
        from encommun.payment.queries.reports import fec_rows, ledger_rows

        sums = dict(LedgerEntry.objects.values_list("kind").annotate(cents=Sum("amount_cents")))
        movements = ("due", "received", "fee", "refunded", "kept")
        ledger = {kind: sums.get(kind, 0) for kind in movements}
        exported, debit, credit, lines = Counter[str](), 0, 0, 0
        for event in self.events:
            for _at, kind, amount, *_rest in list(ledger_rows(event))[1:]:
                exported[kind] += int(amount.replace(".", ""))
            report, wanted = report_of(event).total, self.of_event[event.pk]
            self._same("report", (report.received, report.back), (wanted["received"], wanted["refunded"]))
            entries = list(fec_rows(event))[1:]
            lines += len(entries)
            debit += sum(int(row[11].replace(",", "")) for row in entries)
            credit += sum(int(row[12].replace(",", "")) for row in entries)
            self._same("accounting entries", debit, credit)
            self._compare_invoices(event)
        for kind in movements:
            cents = self.expected[kind]
            self._same(f"ledger, {kind}", ledger[kind], cents)
            self._same(f"export, {kind}", exported[kind], cents)
        self.wrong += what_does_not_hold()
        worked = [name for name, said in tampered.items() if said != "held off"]
        return {
            "trial": "money",
            "holds": bool(self.wrong) if chosen.mutant else not (self.wrong or worked) and len(tampered) == 12,
            "mutant": chosen.mutant,
            "seed": chosen.seed,
            "baskets": chosen.baskets,
            "cents": {"expected": dict(self.expected), "ledger": ledger},
            "accounting_entries": {"lines": lines, "debit": debit, "credit": credit},
            "wrong": self.wrong[:5],
            "wrong_count": len(self.wrong),
            "tamperings": tampered,
            "tamperings_that_worked": worked,
        }

    def _compare_invoices(self, event: Any) -> None:
        """Of one gathering: the table adds up to what was kept, and no number is missing."""
        from encommun.invoicing.models import Invoice
        from encommun.invoicing.queries.documents import with_state
        from encommun.invoicing.tables import rows_of

        found = with_state(Invoice.objects.filter(event=event).select_related("booking", "series"))
        invoices = list(found.order_by("pk"))
        gross = sum(round(row[-3] * 100) for row in rows_of(invoices)[1:])
        self._same("table of invoices", gross, self.of_event[event.pk]["invoiced"] - self.of_event[event.pk]["credited"])
        numbers = defaultdict[int, list[int]](list)
        for invoice in invoices:
            numbers[invoice.series_id].append(invoice.sequence)
        for series, taken in numbers.items():
            self._same(f"series {series}: gaps", sorted(taken), list(range(1, len(taken) + 1)))


def _grand_total(xml: bytes) -> int:
    """In cents, as a program that knows nothing of us reads it."""
    from lxml import etree

    total = etree.fromstring(xml).find(".//{*}GrandTotalAmount")
    return round(float(total.text or "0") * 100) if total is not None else -1


def lose_a_cent() -> None:
    """The mutant: a refund in three is written one cent short, as a float rounded down would."""
    module = sys.modules["encommun.payment.commands.mark_refunded"]
    real = module.write_ledger

    def write(booking: Any, kind: Any, amount_cents: int, **more: Any) -> None:
        real(booking, kind, amount_cents - (amount_cents % 3 == 0), **more)

    module.write_ledger = write  # type: ignore[attr-defined]


def _replayed(shop: Shop) -> None:
    """A dear basket sent with the key of a cheap one."""
    key = str(uuid.uuid4())
    shop.book_by_form(idempotency_key=key, **{"pass1-choice": shop.choice("un-jour")})
    shop.book_by_form(idempotency_key=key)


def book_by_api(changed: dict[str, Any]) -> Any:
    """An order through the API."""
    from django.test import Client

    asked = {"buyer_name": "U", "email": "u@p.example", "payment_method": "transfer"} | changed
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    where = "/api/v1/events/nec-trial/bookings"
    return Client().post(where, json.dumps(asked), content_type="application/json", headers=headers)


def _api(shop: Shop) -> None:
    seats: list[dict[str, Any]] = [
        {"pass_type": "deux-jours"} | lie for lie in ({"price_cents": 1}, {"tariff": "low"}, {"amount_cents": 1})
    ]
    for seat in seats:
        book_by_api({"seats": [seat]})
    for total in (0, 1):
        book_by_api({"seats": [{"pass_type": "deux-jours"}], "total_cents": total})


def _says_paid(shop: Shop) -> None:
    """Coming back from a payment page that was never paid."""
    client, answer = shop.book_by_form(payment_method="card")
    where = answer.headers.get("Location", "").replace("/payer/", "/retour/")
    client.get(f"{where}?session_id=cs_1&status=paid&amount=1&code=succeeded")


def _notice(shop: Shop, secret: str) -> None:
    """A notification that says «paid», signed or not: the service is asked, and does not say so."""
    from django.test import Client

    from encommun.demo.card_double import sign
    from encommun.foundation.actor import Actor
    from encommun.payment.commands import keep_page, start_payment
    from encommun.registration.models import Booking
    from encommun.registration.rules import BOOKING_LINK

    shop.book_by_form(payment_method="card")
    booking = Booking.objects.latest("pk")
    holder = Actor(links=frozenset({(BOOKING_LINK, booking.code)}))
    payment = keep_page(start_payment(booking, actor=holder, at=shop.at), provider_id=f"cs_{booking.code}", page_url="")
    about = {"id": payment.provider_id, "object": "checkout.session", "payment_status": "paid", "amount_total": 1}
    event = {"id": f"evt_{booking.code}", "object": "event", "type": "checkout.session.completed", "data": {"object": about}}
    body = json.dumps(event).encode()
    headers = {"Stripe-Signature": sign(body, secret)}
    Client().post("/paiement/carte/avis/", body, content_type="application/json", headers=headers)


TAMPERINGS = {
    "price in the form": lambda shop: shop.book_by_form(price_cents="1", total_cents="1", **{"pass1-price_cents": "1"}),
    "amount in the form": lambda shop: shop.book_by_form(amount="0,01", **{"pass1-amount": "0,01"}),
    "tariff in the form": lambda shop: shop.book_by_form(**{"pass1-tariff": "low"}),
    "free as a way of paying": lambda shop: shop.book_by_form(payment_method="free"),
    "negative contribution": lambda shop: shop.book_by_form(forward_cents="-60,00"),
    "negative number of passes": lambda shop: shop.book_by_form(places="-1"),
    "a pass that is not sold": lambda shop: shop.book_by_form(**{"pass1-choice": "gratuit"}),
    "a code that does not exist": lambda shop: shop.book_by_form(voucher="GRATUIT100"),
    "the key of a cheaper basket": _replayed,
    "price in the API": _api,
    "an address that says paid": _says_paid,
    "notifications that say paid": lambda shop: (_notice(shop, "whsec_trial"), _notice(shop, "whsec_other")),
}
