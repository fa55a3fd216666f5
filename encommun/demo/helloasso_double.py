"""A local double of HelloAsso, for the demo and tests: its published API, version 5, for what we use, over HTTP.

Its access keys end after half an hour and its renewal keys serve once; its notifications are not signed and may come
twice, late or shuffled; the payer may add a contribution for the provider; a page closes after fifteen minutes.
"""

import argparse
import json
import random
import secrets
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from encommun.demo.helloasso_double_pages import page

KEY_LIVES, PAGE_LIVES = 1800, 900  # seconds
NEEDED = ("totalAmount", "initialAmount", "itemName", "backUrl", "errorUrl", "returnUrl", "containsDonation")


class Double(ThreadingHTTPServer):
    """The server. ``copies``, ``delay``, ``shuffle`` and ``amount`` are for tests, as in the card provider's double.

    ``watch(method, path, query, body, status, answer)`` sees every call of the API, to hold it against the published description.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self,
        port: int,
        *,
        notify: str,
        organization: str = "ping",
        client: tuple[str, str] = ("demo", "demo"),
        data: Path | None = None,
        copies: int = 1,
        delay: float = 0.0,
        shuffle: bool = False,
        amount: int | None = None,
        watch: Callable[..., None] | None = None,
    ) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.notify, self.organization, self.client = notify, organization, client
        self.copies, self.delay, self.shuffle, self.amount = copies, delay, shuffle, amount
        self.watch = watch
        self.path, self.lock, self.is_down = data, threading.RLock(), False
        kept = json.loads(data.read_text(encoding="utf-8")) if data and data.exists() else {}
        self.intents: dict[str, dict[str, Any]] = kept.get("intents", {})
        self.payments: dict[str, dict[str, Any]] = kept.get("payments", {})
        self.keys: dict[str, float] = {}
        self.renewals: set[str] = set()
        self.asked: list[str] = []  # which way each key was asked for
        self.lose_next_answer = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def save(self) -> None:
        if self.path is not None:
            draft = self.path.with_suffix(".tmp")
            draft.write_text(json.dumps({"intents": self.intents, "payments": self.payments}), encoding="utf-8")
            draft.replace(self.path)

    def pay(self, name: str, *, tip: int) -> str:
        """Somebody pays; the address that she goes back to."""
        with self.lock:
            intent = self.intents[name]
            body = intent["body"]
            amount = body["totalAmount"] if self.amount is None else self.amount
            number = str(len(self.payments) + 7001)
            payment = {
                "id": int(number),
                "amount": amount,
                "amountTip": tip,
                "date": datetime.now(UTC).isoformat(),
                "state": "Authorized",
                "items": [{"id": 1, "shareAmount": amount, "shareItemAmount": amount}],
                "refundOperations": [],
            }
            self.payments[number] = payment
            order = {"id": int(name) + 50_000, "payments": [payment], "checkoutIntentId": int(name)}
            intent["order"] = order | {"amount": {"total": amount, "vat": 0, "discount": 0}}
            self.save()
            about = {"id": int(number), "order": {"id": order["id"], "checkoutIntentId": int(name)}, "state": "Authorized"}
        self.tell({"eventType": "Payment", "data": about | {"amount": amount}, "metadata": body.get("metadata")})
        self.tell({"eventType": "Order", "data": order, "metadata": body.get("metadata")})
        separator = "&" if "?" in body["returnUrl"] else "?"
        return f"{body['returnUrl']}{separator}checkoutIntentId={name}&code=succeeded&orderId={order['id']}"

    def tell(self, told: dict[str, Any]) -> None:
        """Send a notification, in the background, as often as asked."""
        if self.notify:
            for _n in range(self.copies):
                threading.Thread(target=self._send, args=[json.dumps(told).encode()], daemon=True).start()

    def _send(self, body: bytes) -> None:
        for attempt in range(8):
            time.sleep((random.random() if self.shuffle else 1.0) * self.delay + (2**attempt / 4 if attempt else 0))
            request = urllib.request.Request(self.notify, data=body, headers={"Content-Type": "application/json"})
            try:
                with urllib.request.urlopen(request, timeout=10):
                    return
            except OSError:
                continue


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Double
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: Any) -> None:
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        match urllib.parse.urlsplit(self.path).path.strip("/").split("/"):
            case ["v5", "organizations", _slug, "checkout-intents", name]:
                self._api(lambda: self._intent(name))
            case ["v5", "payments", name]:
                self._api(lambda: self._payment(name))
            case ["paiement", name]:
                intent = self.server.intents.get(name)
                self._html(200 if intent else 404, page(name, intent, is_over=bool(intent) and self._is_over(intent)))
            case _:
                self._html(404, page("", None))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urllib.parse.urlsplit(self.path)
        asked = {name: values[0] for name, values in urllib.parse.parse_qs(parts.query).items()}
        match parts.path.strip("/").split("/"):
            case ["oauth2", "token"]:
                self._token({name: values[0] for name, values in urllib.parse.parse_qs(body.decode()).items()})
            case ["v5", "organizations", _slug, "checkout-intents"]:
                typed = json.loads(body or b"{}")
                self._api(lambda: self._create(typed), query=asked, body=typed)
            case ["v5", "payments", name, "refund"]:
                self._api(lambda: self._refund(name, asked), query=asked)
            case ["paiement", name, action]:
                self._act(name, action, {k: v[0] for k, v in urllib.parse.parse_qs(body.decode()).items()})
            case _:
                self._json(404, {"message": "Not found"})

    # Keys

    def _token(self, typed: dict[str, str]) -> None:
        server = self.server
        if server.is_down:
            return self._json(503, {"message": "down"})
        server.asked.append(typed.get("grant_type", ""))
        by_secret = typed.get("grant_type") == "client_credentials"
        if by_secret and (typed.get("client_id"), typed.get("client_secret")) != server.client:
            return self._json(401, {"error": "invalid_client"})
        if not by_secret:
            if typed.get("grant_type") != "refresh_token" or typed.get("refresh_token") not in server.renewals:
                return self._json(400, {"error": "invalid_grant"})
            server.renewals.discard(typed["refresh_token"])
        key, renewal = secrets.token_hex(16), secrets.token_hex(16)
        server.keys[key] = time.time() + KEY_LIVES
        server.renewals.add(renewal)
        given = {"access_token": key, "token_type": "bearer", "expires_in": KEY_LIVES, "refresh_token": renewal}
        return self._json(200, given)

    def _api(self, answer: Any, *, query: dict[str, str] | None = None, body: Any = None) -> None:
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.server.is_down:
            return self._json(503, {"message": "down"})
        if self.server.keys.get(key, 0) < time.time():
            return self._json(401, {"message": "Unauthorized"})
        if "/organizations/" in self.path and f"/organizations/{self.server.organization}/" not in self.path:
            return self._json(403, {"message": "Forbidden"})
        with self.server.lock:
            status, given = answer()
            self.server.save()
        if self.server.watch is not None:
            self.server.watch(self.command, self.path.partition("?")[0], query or {}, body, status, given)
        if self.server.lose_next_answer:
            self.server.lose_next_answer = False
            return self._json(502, {"message": "lost"})
        return self._json(status, given)

    # The API

    def _create(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        missing = [name for name in NEEDED if name not in body]
        terms = sum(term["amount"] for term in body.get("terms") or [])
        payer = body.get("payer") or {}
        names = [payer.get(name, "") for name in ("firstName", "lastName")]
        if any(names) and (names[0].lower() == names[1].lower() or not all(names) or any(c.isdigit() for c in "".join(names))):
            return 400, {"errors": [{"code": "ArgumentInvalid", "message": "payer: firstName, lastName"}]}
        if missing or not 1 <= len(body["itemName"]) <= 250 or body["totalAmount"] != body["initialAmount"] + terms:
            return 400, {"errors": [{"code": "ArgumentInvalid", "message": ", ".join(missing) or "amounts"}]}
        name = str(len(self.server.intents) + 1001)
        url = f"{self.server.address}/paiement/{name}"
        self.server.intents[name] = {"id": int(name), "redirectUrl": url, "body": body, "at": time.time()}
        return 200, {"id": int(name), "redirectUrl": url}

    def _intent(self, name: str) -> tuple[int, dict[str, Any]]:
        intent = self.server.intents.get(name)
        if intent is None:
            return 404, {"message": "Not found"}
        shown = {"id": intent["id"], "redirectUrl": intent["redirectUrl"], "metadata": intent["body"].get("metadata")}
        return 200, shown | ({"order": intent["order"]} if "order" in intent else {})

    def _payment(self, name: str) -> tuple[int, dict[str, Any]]:
        payment = self.server.payments.get(name)
        return (200, payment) if payment else (404, {"message": "Not found"})

    def _refund(self, name: str, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        payment = self.server.payments.get(name)
        if payment is None:
            return 404, {"message": "Not found"}
        already = sum(operation["amount"] for operation in payment["refundOperations"])
        amount = int(asked.get("amount", 0)) or payment["amount"] - already
        if amount <= 0 or already + amount > payment["amount"]:
            return 400, {"errors": [{"code": "RefundImpossible", "message": "already refunded"}]}
        operation = {"id": 9000 + len(payment["refundOperations"]) + int(name), "amount": amount, "status": "Processed"}
        payment["refundOperations"].append(operation)
        for intent in self.server.intents.values():
            for held in intent.get("order", {}).get("payments", []):
                if held["id"] == payment["id"]:
                    held["refundOperations"] = payment["refundOperations"]
        told = {"id": operation["id"], "amount": amount, "paymentId": payment["id"], "state": "Processed"}
        return 200, told | {
            "cancelOrder": asked.get("cancelOrder") == "true",
            "sendRefundMail": asked.get("sendRefundMail") == "true",
        }

    # The page

    def _is_over(self, intent: dict[str, Any]) -> bool:
        return "order" not in intent and time.time() > intent["at"] + PAGE_LIVES

    def _act(self, name: str, action: str, typed: dict[str, str]) -> None:
        intent = self.server.intents.get(name)
        if intent is None or "order" in intent or self._is_over(intent):
            return self._html(409 if intent else 404, page(name, intent, is_over=True))
        if action == "pay":
            return self._redirect(self.server.pay(name, tip=max(int(typed.get("tip") or 0), 0) * 100))
        if action == "leave":
            return self._redirect(intent["body"]["backUrl"])
        return self._html(402, page(name, intent, refused=True))

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


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--notify", default="")
    parser.add_argument("--data", type=Path)
    chosen = vars(parser.parse_args())
    Double(chosen.pop("port"), **chosen).serve_forever()


if __name__ == "__main__":
    main()
