"""Booking, without account: fill in, check, commit. Everything typed travels with the page; nothing is kept before the last step."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import Refused
from encommun.journal.commands import once
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.links import give_link
from encommun.registration.commands import book_passes
from encommun.registration.forms import BuyerForm, SeatForm, count_of
from encommun.registration.queries import choices_of
from encommun.registration.rules import BOOKING_LINK, MOST_SEATS, is_on_sale


def book(request: HttpRequest, event: str) -> HttpResponse:
    """One page in three states: the form, the summary, and the way out to payment."""
    found = event_of(request, event)
    pages = Pages(request, found)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step in ("check", "book") and not pages.are_valid:
        return pages.form(422)
    if step == "check":
        return pages.summary()
    if step == "book":
        return pages.commit()
    return pages.form()


class Pages:
    """The buyer's form and a form for each pass, and the pages made from them."""

    def __init__(self, request: HttpRequest, event: Event) -> None:
        self.request, self.event, self.at = request, event, clock.now()
        self.choices = choices_of(event, self.at)
        self.on_sale = is_on_sale([choice.pass_type for choice in self.choices], event, self.at)
        methods = ["card", "transfer"] if settings.CONFIG.card_secret_key else ["transfer"]
        data = self._data()
        checked = data is not None and data.get("step") in ("check", "book")
        count = count_of((data or request.GET).get("places"))
        first = {"choice": request.GET.get("choix", ""), "idempotency_key": str(uuid4())}
        bound: Any = data if checked else None
        typed = first if data is None else first | {name: value for name, value in data.items() if value}
        self.buyer = BuyerForm(bound, initial=typed, methods=methods)
        self.seats = [
            SeatForm(bound, prefix=f"pass{n}", initial=self._typed_seat(n, typed), choices=self.choices)
            for n in range(1, count + 1)
        ]

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
            for field in ("choice", "holder_name", "holder_email"):
                data[f"pass{n}-{field}"] = data.get(f"pass{n + 1}-{field}", "")
        return max(count - 1, 1)

    @staticmethod
    def _typed_seat(n: int, typed: dict[str, str]) -> dict[str, str]:
        names = ("choice", "holder_name", "holder_email")
        return {name: typed.get(f"pass{n}-{name}") or (typed.get("choice", "") if name == "choice" else "") for name in names}

    @property
    def are_valid(self) -> bool:
        return all([self.buyer.is_valid(), *(seat.is_valid() for seat in self.seats)])

    @property
    def total_cents(self) -> int:
        return sum(seat.chosen.pass_type.price_cents for seat in self.seats)

    def form(self, status: int = 200) -> HttpResponse:
        """The form, with everything typed."""
        context = {
            "buyer": self.buyer,
            "seats": self.seats,
            "on_sale": self.on_sale,
            "choices": self.choices,
            "can_add": len(self.seats) < MOST_SEATS,
            "most": MOST_SEATS,
        }
        return render(self.request, "registration/book.html", context, status=status)

    def summary(self) -> HttpResponse:
        """What will be booked, and its total, before committing."""
        typed = [(name, value) for name, value in self.request.POST.items() if name not in ("csrfmiddlewaretoken", "step")]
        context = {"buyer": self.buyer, "seats": self.seats, "total_cents": self.total_cents, "typed": typed}
        return render(self.request, "registration/summary.html", context)

    def commit(self) -> HttpResponse:
        """Book, then go and pay. A refusal brings the form back, as it was typed."""
        if self.buyer.is_spam:
            return HttpResponseRedirect(reverse("registration:passes", args=[self.event.slug]))
        try:
            count_try("book", client_address(self.request), at=self.at, most=60, seconds=600)
            code = self._book()
        except Refused as refused:
            self.buyer.refuse(refused)
            return self.form(422)
        give_link(self.request, BOOKING_LINK, code)
        pay = self.buyer.cleaned_data["payment_method"] == "card" and self.total_cents
        return HttpResponseRedirect(reverse("payment:pay" if pay else "registration:booking", args=[self.event.slug, code]))

    def _book(self) -> str:
        typed = self.buyer.cleaned_data
        wishes = [seat.wish() for seat in self.seats]
        asked = {
            "buyer_name": typed["name"],
            "email": typed["email"],
            "structure": typed["structure"],
            "payment_method": typed["payment_method"],
            "language": self.request.language,
        }

        def act() -> dict[str, str]:
            return {"code": book_passes(self.event, seats=wishes, actor=self.request.actor, at=self.at, **asked).code}

        request = {"event": self.event.pk, **asked, "seats": [repr(wish) for wish in wishes]}
        answer, _now = once("registration.book", self.buyer.key or str(uuid4()), request, at=self.at, act=act)
        return answer["code"]
