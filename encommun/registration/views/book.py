"""Booking, without account: fill in, check, commit. Everything typed travels with the page; nothing is kept before the last step."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import Refused
from encommun.journal.commands import once
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.links import give_link
from encommun.registration.commands import SeatWish, book_within
from encommun.registration.forms import BuyerForm, SeatForm, count_of, group_size
from encommun.registration.queries import Basket, basket_of, choices_of, open_fund, terms_of, voucher_of
from encommun.registration.rules import BOOKING_LINK, GROUP_SEATS, MOST_SEATS, is_on_sale
from encommun.registration.ways import ways_to_pay


def book(request: HttpRequest, event: str) -> HttpResponse:
    """One page in three states: the form, the summary, and the way out to payment."""
    return _answer(request, Pages(request, event_of(request, event)))


def group(request: HttpRequest, event: str) -> HttpResponse:
    """The same for a group: one pass, a number of people, and no name yet."""
    return _answer(request, GroupPages(request, event_of(request, event)))


def _answer(request: HttpRequest, pages: "Pages") -> HttpResponse:
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step in ("check", "book") and not pages.are_valid:
        return pages.form(422)
    if step == "check":
        return pages.summary()
    if step == "book":
        return pages.commit()
    return pages.form()


SEAT_FIELDS = ("choice", "tariff", "amount", "for_me", "holder_name", "holder_email")


class Pages:
    """The buyer's form and a form for each pass, and the pages made from them."""

    is_group = False

    def __init__(self, request: HttpRequest, event: Event) -> None:
        self.request, self.event, self.at = request, event, clock.now()
        data = self._data()
        self.typed_code = (data or request.GET).get("voucher", "") or request.GET.get("code", "")
        self._choose(self._opened())
        checked = data is not None and data.get("step") in ("check", "book")
        bound: Any = data if checked else None
        first = {
            "pass1-for_me": "on",
            "choice": request.GET.get("choix", ""),
            "idempotency_key": str(uuid4()),
            "voucher": self.typed_code,
        }
        sent = {name: value for name, value in (data or {}).items() if value}
        typed = first if data is None else {"idempotency_key": first["idempotency_key"]} | sent
        methods = ways_to_pay(event)
        self.buyer = BuyerForm(bound, initial=typed, methods=methods, has_fund=open_fund(event) is not None)
        self.count = self._count((data or request.GET).get("places"))
        self.seats = [
            SeatForm(
                bound,
                prefix=f"pass{n}",
                initial=self._typed_seat(n, typed),
                choices=self.choices,
                may_be_mine=n == 1 and not self.is_group,
                has_code=bool(self.typed_code.strip()),
            )
            for n in range(1, self._forms() + 1)
        ]

    def _choose(self, opened: list[int]) -> None:
        trying = self.request.actor.is_in_team(self.event.pk)
        self.choices = choices_of(self.event, self.at, opened=opened, trying=trying)
        self.on_sale = is_on_sale([choice.pass_type for choice in self.choices], self.event, self.at, trying=trying)

    def _opened(self) -> list[int]:
        """The kinds of pass that the typed code opens; a wrong code is said with the form, not here."""
        if not self.typed_code.strip():
            return []
        try:
            return voucher_of(self.event, self.typed_code, self.at).passes
        except Refused:
            return []

    def _count(self, typed: str | None) -> int:
        return count_of(typed)

    def _forms(self) -> int:
        """How many passes are described one by one."""
        return self.count

    def _data(self) -> MultiValueDict[str, str] | None:
        """What was sent, with one pass more or less when a button asked for it."""
        if self.request.method != "POST":
            return None
        data = self.request.POST.copy()
        count = count_of(data.get("places"))
        if data.get("step") == "add":
            count = min(count + 1, MOST_SEATS)
        elif data.get("step", "").startswith("remove"):
            count = self._remove(data, count)
        data["places"] = str(count)
        return data

    @staticmethod
    def _remove(data: Any, count: int) -> int:
        """Take out pass n: those after it move up."""
        gone = count_of(data["step"].removeprefix("remove"))
        for n in range(gone, count):
            for field in SEAT_FIELDS:
                data[f"pass{n}-{field}"] = data.get(f"pass{n + 1}-{field}", "")
        return max(count - 1, 1)

    @staticmethod
    def _typed_seat(n: int, typed: dict[str, str]) -> dict[str, str]:
        return {name: typed.get(f"pass{n}-{name}") or (typed.get("choice", "") if name == "choice" else "") for name in SEAT_FIELDS}

    @property
    def are_valid(self) -> bool:
        return all([self.buyer.is_valid(), *(seat.is_valid() for seat in self.seats)])

    @property
    def forward_cents(self) -> int:
        return self.buyer.cleaned_data.get("forward_cents") or 0

    def basket(self) -> Basket:
        """What was asked, with its prices."""
        seats = [seat.seat(self.event, self.buyer) for seat in self.seats]
        return basket_of(
            self.event, seats, voucher=self.buyer.cleaned_data["voucher"], forward_cents=self.forward_cents, at=self.at
        )

    def wishes(self) -> list[SeatWish]:
        return [seat.wish(self.buyer) for seat in self.seats]

    def form(self, status: int = 200) -> HttpResponse:
        """The form, with everything typed."""
        context = {
            "buyer": self.buyer,
            "seats": self.seats,
            "on_sale": self.on_sale,
            "choices": self.choices,
            "costs": [choice.pass_type for choice in self.choices if choice.pass_type.cost_cents],
            "can_add": len(self.seats) < MOST_SEATS,
            "most": MOST_SEATS,
            "is_group": self.is_group,
            "places": self.count,
            "most_of_group": GROUP_SEATS,
            "is_awaitable": any(choice.on_sale is True and choice.availability == "full" for choice in self.choices),
        }
        return render(self.request, "registration/book.html", context, status=status)

    def summary(self) -> HttpResponse:
        """What will be booked, and its total, before committing."""
        try:
            basket = self.basket()
        except Refused as refused:
            self.buyer.refuse(refused, "voucher")
            return self.form(422)
        typed = [(name, value) for name, value in self.request.POST.items() if name not in ("csrfmiddlewaretoken", "step")]
        terms = terms_of(self.event)
        context = {"buyer": self.buyer, "basket": basket, "total_cents": basket.total_cents, "typed": typed, "terms": terms}
        return render(self.request, "registration/summary.html", context)

    def commit(self) -> HttpResponse:
        """Book, then go and pay. A refusal brings the form back, as it was typed."""
        if self.buyer.is_spam:
            return HttpResponseRedirect(reverse("registration:passes", args=[self.event.slug]))
        try:
            count_try("book", client_address(self.request), at=self.at, most=60, seconds=600)
            answer = self._book()
        except Refused as refused:
            self.buyer.refuse(refused)
            return self.form(422)
        give_link(self.request, BOOKING_LINK, answer["code"])
        pay = self.buyer.cleaned_data["payment_method"] == "card" and answer["to_pay"]
        return HttpResponseRedirect(
            reverse("payment:pay" if pay else "registration:booking", args=[self.event.slug, answer["code"]])
        )

    def _book(self) -> dict[str, Any]:
        typed = self.buyer.cleaned_data
        wishes = self.wishes()
        asked = {
            "buyer_name": typed["name"],
            "email": typed["email"],
            "structure": typed["structure"],
            "payment_method": typed["payment_method"],
            "language": self.request.language,
            "voucher": typed["voucher"],
            "forward_cents": self.forward_cents,
        }

        def act() -> dict[str, Any]:
            booking = book_within(self.event, seats=wishes, actor=self.request.actor, at=self.at, **asked)
            return {"code": booking.code, "to_pay": booking.state == booking.State.HELD}

        request = {"event": self.event.pk, **asked, "seats": [repr(wish) for wish in wishes]}
        answer, _now = once("registration.book", self.buyer.key or str(uuid4()), request, at=self.at, act=act, in_one_message=True)
        return answer


class GroupPages(Pages):
    """One kind of pass for many people, whose names come later."""

    is_group = True

    def _count(self, typed: str | None) -> int:
        self.typed_places = (self.request.POST or self.request.GET).get("places")  # as it was typed: nothing is rounded
        return group_size(self.typed_places) or 2

    def _forms(self) -> int:
        return 1

    @property
    def are_valid(self) -> bool:
        valid = super().are_valid
        if group_size(self.typed_places) is None:
            self.buyer.add_error(None, _("A group counts 2 to {most} people.").format(most=GROUP_SEATS))
            return False
        return valid

    def basket(self) -> Basket:
        seats = [self.seats[0].seat(self.event, self.buyer) for _n in range(self.count)]
        return basket_of(
            self.event, seats, voucher=self.buyer.cleaned_data["voucher"], forward_cents=self.forward_cents, at=self.at
        )

    def wishes(self) -> list[SeatWish]:
        wish = self.seats[0].wish(self.buyer)
        return [replace(wish, holder_name="", holder_email="")] * self.count
