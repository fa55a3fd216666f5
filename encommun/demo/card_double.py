"""A local double of the card provider, for the demo and tests: Stripe's published API for what we use, over HTTP.

No card is ever typed here. It keeps its book in a JSON file, sends signed notifications (again when they are not taken),
and can send them twice, late, shuffled or with another amount, so that tests try what happens in the world.
"""

import argparse
import hashlib
import hmac
import json
import random
import secrets
import threading
import time
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from encommun.demo.card_double_pages import page

EVENT_OF = {"complete": "checkout.session.completed", "expired": "checkout.session.expired"}


class Book:
    """Sessions, refunds and kept answers, in memory and in a file."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.lock = threading.RLock()
        kept = json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else {}
        self.sessions: dict[str, dict[str, Any]] = kept.get("sessions", {})
        self.refunds: dict[str, dict[str, Any]] = kept.get("refunds", {})
        self.answers: dict[str, list[str]] = kept.get("answers", {})

    def save(self) -> None:
        if self.path is None:
            return
        whole = {"sessions": self.sessions, "refunds": self.refunds, "answers": self.answers}
        draft = self.path.with_suffix(".tmp")
        draft.write_text(json.dumps(whole), encoding="utf-8")
        draft.replace(self.path)

    def close_what_is_old(self) -> None:
        for session in self.sessions.values():
            if session["status"] == "open" and session["expires_at"] <= time.time():
                session["status"] = "expired"


class Double(ThreadingHTTPServer):
    """The server. ``copies``, ``delay``, ``shuffle`` and ``amount`` are for tests."""

    daemon_threads = True

    def __init__(
        self,
        port: int,
        *,
        notify: str,
        secret: str,
        data: Path | None = None,
        copies: int = 1,
        delay: float = 0.0,
        shuffle: bool = False,
        amount: int | None = None,
    ) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.book = Book(data)
        self.notify, self.secret = notify, secret
        self.copies, self.delay, self.shuffle, self.amount = copies, delay, shuffle, amount
        self.currency = ""
        self.is_down = False
        self.notices: list[dict[str, Any]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def refund_outside(self, session_id: str, amount: int) -> None:
        """Somebody gives money back on the provider's own site."""
        with self.book.lock:
            intent = self.book.sessions[session_id]["payment_intent"]
            name = f"re_{secrets.token_hex(12)}"
            refund = {"id": name, "object": "refund", "amount": amount, "currency": "eur", "payment_intent": intent}
            self.book.refunds[name] = refund | {"status": "succeeded", "created": int(time.time()), "metadata": {}}
            self.book.save()
        self.tell("refund.created", self.book.refunds[name])

    def dispute(self, session_id: str) -> None:
        """The payer asks her bank for the money back."""
        with self.book.lock:
            session = self.book.sessions[session_id]
            session["disputed"] = True
            self.book.save()
        about = {"id": "dp_1", "object": "dispute", "payment_intent": session["payment_intent"]}
        self.tell("charge.dispute.created", about | {"amount": session["amount_total"]})

    def tell(self, kind: str, about: dict[str, Any]) -> None:
        """Send a notification, in the background, as often as asked."""
        event = {
            "id": f"evt_{secrets.token_hex(12)}",
            "object": "event",
            "api_version": "2026-01-28",
            "created": int(time.time()),
            "type": kind,
            "data": {"object": about},
        }
        self.notices.append(event)
        if self.notify:
            for _n in range(self.copies):
                threading.Thread(target=self._send, args=[event], daemon=True).start()

    def _send(self, event: dict[str, Any]) -> None:
        body = json.dumps(event).encode()
        for attempt in range(8):
            time.sleep((random.random() if self.shuffle else 1.0) * self.delay + (2**attempt / 4 if attempt else 0))
            headers = {"Content-Type": "application/json", "Stripe-Signature": sign(body, self.secret)}
            request = urllib.request.Request(self.notify, data=body, headers=headers)
            try:
                with urllib.request.urlopen(request, timeout=10):
                    return
            except OSError:
                continue


def fee_of(amount: int) -> int:
    """What the provider keeps: 1.5 % and 25 cents."""
    return amount * 15 // 1000 + 25


def sign(body: bytes, secret: str, at: int | None = None) -> str:
    """The header of a notification: t=…,v1=HMAC-SHA256(secret, «t.body»)."""
    at = int(time.time()) if at is None else at
    digest = hmac.digest(secret.encode(), f"{at}.".encode() + body, "sha256").hex()
    return f"t={at},v1={digest}"


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Double
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: Any) -> None:
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        path, asked = urllib.parse.urlsplit(self.path).path, urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        with self.server.book.lock:
            self.server.book.close_what_is_old()
            session = self.server.book.sessions.get(path.rsplit("/", 1)[-1])
        if path.startswith("/v1/checkout/sessions/"):
            self._api(lambda: self._shown(session and self._with_money(session, asked)))
        elif path == "/v1/refunds":
            self._api(lambda: self._refunds(asked.get("payment_intent", [""])[0]))
        elif path.startswith("/c/pay/") and session:
            self._html(200, page(session))
        elif path == "/":
            self._html(200, page(None))
        else:
            self._html(404, page(None))

    def do_POST(self) -> None:
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode(), keep_blank_values=True)
        typed = {name: values[0] for name, values in form.items()}
        parts = urllib.parse.urlsplit(self.path).path.strip("/").split("/")
        match parts:
            case ["v1", "checkout", "sessions"]:
                self._api(lambda: self._once(lambda: self._create(typed), typed))
            case ["v1", "checkout", "sessions", name, "expire"]:
                self._api(lambda: self._expire(name))
            case ["v1", "refunds"]:
                self._api(lambda: self._once(lambda: self._refund(typed), typed))
            case ["c", "pay", name, action]:
                self._act(name, action)
            case _:
                self._json(404, _error("Unrecognized request URL."))

    # The API

    def _api(self, answer: Any) -> None:
        if self.server.is_down:
            self._json(503, _error("The service is down.", kind="api_error"))
            return
        if not self.headers.get("Authorization", "").startswith("Bearer sk_"):
            self._json(401, _error("Invalid API Key provided."))
            return
        with self.server.book.lock:
            self.server.book.close_what_is_old()
            status, body = answer()
            self.server.book.save()
        self._json(status, body)

    def _once(self, act: Any, typed: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Answer as the first time to the same Idempotency-Key; refuse it with another body."""
        key = self.headers.get("Idempotency-Key", "")
        digest = hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()
        if former := self.server.book.answers.get(key):
            if former[0] != digest:
                return 400, _error(
                    "Keys for idempotent requests can only be used with the same parameters.", kind="idempotency_error"
                )
            return 200, json.loads(former[1])
        status, body = act()
        if key and status == 200:
            self.server.book.answers[key] = [digest, json.dumps(body)]
        return status, body

    def _create(self, typed: dict[str, str]) -> tuple[int, dict[str, Any]]:
        for needed in ("mode", "success_url", "line_items[0][price_data][unit_amount]", "line_items[0][price_data][currency]"):
            if needed not in typed:
                return 400, _error(f"Missing required param: {needed}.", param=needed)
        expires_at = int(typed.get("expires_at", time.time() + 24 * 3600))
        if not time.time() + 30 * 60 <= expires_at <= time.time() + 24 * 3600 + 60:
            return 400, _error("The `expires_at` timestamp must be between 30 minutes and 24 hours from now.", param="expires_at")
        name = f"cs_test_{secrets.token_hex(24)}"
        amount = int(typed["line_items[0][price_data][unit_amount]"]) * int(typed.get("line_items[0][quantity]", "1"))
        session = new_session(
            name,
            amount=amount,
            url=f"{self.server.address}/c/pay/{name}",
            expires_at=expires_at,
            label=typed.get("line_items[0][price_data][product_data][name]", ""),
            **{
                field: typed.get(field)
                for field in ("success_url", "cancel_url", "client_reference_id", "customer_email", "locale")
            },
            currency=typed["line_items[0][price_data][currency]"],
            metadata={"reference": typed.get("metadata[reference]", "")},
        )
        self.server.book.sessions[name] = session
        return 200, session

    def _shown(self, session: dict[str, Any] | None) -> tuple[int, dict[str, Any]]:
        return (200, session) if session else (404, _error("No such checkout.session", code="resource_missing"))

    def _with_money(self, session: dict[str, Any], asked: dict[str, list[str]]) -> dict[str, Any]:
        """With the payment, its charge and what the provider keeps of it, when they are asked for."""
        wanted = any("payment_intent" in values[0] for name, values in asked.items() if name.startswith("expand"))
        if not (wanted and session["payment_intent"]):
            return session
        balance = {"id": "txn_1", "object": "balance_transaction", "fee": fee_of(session["amount_total"])}
        charge = {"id": "ch_1", "object": "charge", "disputed": session.get("disputed", False), "balance_transaction": balance}
        intent = {"id": session["payment_intent"], "object": "payment_intent", "latest_charge": charge}
        return session | {"payment_intent": intent}

    def _refunds(self, intent: str) -> tuple[int, dict[str, Any]]:
        found = [refund for refund in self.server.book.refunds.values() if refund["payment_intent"] == intent]
        return 200, {"object": "list", "url": "/v1/refunds", "has_more": False, "data": found}

    def _expire(self, name: str) -> tuple[int, dict[str, Any]]:
        session = self.server.book.sessions.get(name)
        if session is None:
            return self._shown(None)
        if session["status"] != "open":
            return 400, _error('Only Checkout Sessions with a status in ["open"] can be expired.')
        session["status"], session["url"] = "expired", None
        self.server.tell(EVENT_OF["expired"], session)
        return 200, session

    def _refund(self, typed: dict[str, str]) -> tuple[int, dict[str, Any]]:
        intent = typed.get("payment_intent", "")
        paid = next((s for s in self.server.book.sessions.values() if s["payment_intent"] == intent and intent), None)
        if paid is None:
            return 404, _error("No such payment_intent", code="resource_missing", param="payment_intent")
        already = sum(r["amount"] for r in self.server.book.refunds.values() if r["payment_intent"] == intent)
        amount = int(typed.get("amount", paid["amount_total"] - already))
        if amount <= 0 or already + amount > paid["amount_total"]:
            return 400, _error("Charge has already been refunded.", code="charge_already_refunded")
        name = f"re_{secrets.token_hex(12)}"
        refund = {"id": name, "object": "refund", "amount": amount, "currency": paid["currency"]}
        refund |= {"payment_intent": intent, "status": "succeeded", "created": int(time.time())}
        refund |= {"metadata": {"reference": typed["metadata[reference]"]} if "metadata[reference]" in typed else {}}
        self.server.book.refunds[name] = refund
        self.server.tell("refund.created", refund)
        return 200, refund

    # The page

    def _act(self, name: str, action: str) -> None:
        book = self.server.book
        with book.lock:
            book.close_what_is_old()
            session = book.sessions.get(name)
            if session is None or (session["status"] != "open" and action != "leave"):
                self._html(409 if session else 404, page(session))
                return
            if action == "pay":
                self._pay(session)
                book.save()
        if action == "pay":
            self._redirect(session["success_url"].replace("{CHECKOUT_SESSION_ID}", name))
        elif action == "leave":
            self._redirect(session["cancel_url"])
        else:
            self._html(402, page(session, refused=True))

    def _pay(self, session: dict[str, Any]) -> None:
        session |= {"status": "complete", "payment_status": "paid", "payment_intent": f"pi_{secrets.token_hex(12)}"}
        if self.server.amount is not None:
            session["amount_total"] = self.server.amount
        if self.server.currency:
            session["currency"] = self.server.currency
        self.server.tell(EVENT_OF["complete"], session)

    # Answers

    def _json(self, status: int, body: dict[str, Any]) -> None:
        self._answer(status, json.dumps(body).encode(), "application/json")

    def _html(self, status: int, body: str) -> None:
        self._answer(status, body.encode(), "text/html; charset=utf-8")

    def _redirect(self, url: str) -> None:
        self.send_response(303)
        self.send_header("Location", url)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _answer(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def new_session(name: str, *, amount: int, url: str, expires_at: int, label: str, **more: Any) -> dict[str, Any]:
    """A session as the API shows it."""
    session = {"id": name, "object": "checkout.session", "mode": "payment", "status": "open", "payment_status": "unpaid"}
    session |= {"amount_total": amount, "payment_intent": None, "url": url, "expires_at": expires_at, "label": label}
    return session | {"created": int(time.time()), "currency": "eur", "livemode": False} | more


def remember_paid(path: Path, references: dict[str, tuple[str, int]]) -> None:
    """Write sessions that were paid before the double started (the demo's), so that they can be refunded."""
    book = Book(path)
    for name, (reference, amount) in references.items():
        session = new_session(name, amount=amount, url="", expires_at=0, label=reference, success_url="", cancel_url="")
        session |= {"status": "complete", "payment_status": "paid", "payment_intent": f"pi_{secrets.token_hex(12)}"}
        book.sessions[name] = session | {"metadata": {"reference": reference}}
    book.save()


def _error(message: str, *, kind: str = "invalid_request_error", **more: str) -> dict[str, Any]:
    return {"error": {"type": kind, "message": message, **more}}


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--notify", default="")
    parser.add_argument("--secret", required=True)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--shuffle", action="store_true")
    parser.add_argument("--amount", type=int)
    chosen = vars(parser.parse_args())
    Double(chosen.pop("port"), **chosen).serve_forever()


if __name__ == "__main__":
    main()
