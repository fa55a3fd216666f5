"""Sixty accidents in a real browser while somebody writes: no character older than five seconds may be lost.

    python -m trials drafts [--forms draft note] [--faults crash offline] [--mutant]

Six forms (the two-field start, the draft of a proposal, a suggested edit, a message, a reader's view, the notes of a session)
meet ten accidents each. A text is typed, five seconds pass, a second text follows, then the accident comes at once. The
person comes back as she would, and the first text must be in the form, offered beside it, or on the page that answered.
The mutant (``--mutant``) takes the keeping script away: the trial must then find texts lost.
"""

import argparse
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, Route, sync_playwright

from tests.browser.conftest import Demo, start_demo

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
#: Seconds after which a text may no longer be lost.
OLD = 5.0
WORDS = [
    "médiation",
    "où",
    "ça",
    "œuvre",
    "garçon",
    "naïve",
    "données",
    "lieux",
    "communs",
    "«ici»",
    "l’été",
    "—",
    "東京",
    "🌱",
    "à-peu-près",
]


class Case:
    """One form and one accident: a browser of its own, whose profile survives a crash."""

    def __init__(self, playwright: Playwright, demo: Demo, chromium: str, *, seed: int, mutant: bool) -> None:
        self.playwright, self.demo, self.chromium, self.mutant = playwright, demo, chromium, mutant
        self.profile = tempfile.mkdtemp(prefix="drafts-")
        self.random = random.Random(seed)
        self.first, self.second = self.text(400), self.text(60)
        self.notes: dict[str, Any] = {}
        self.context = self.launch()

    def text(self, length: int) -> str:
        words: list[str] = []
        while len(" ".join(words)) < length:
            words.append(self.random.choice(WORDS) + str(self.random.randrange(1000)))
        return " ".join(words)

    def launch(self) -> BrowserContext:
        context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=self.chromium,
            args=ARGUMENTS,
            locale="fr-FR",
            base_url=self.demo.url,
            viewport={"width": 1000, "height": 800},
        )
        context.set_default_timeout(15000)
        if self.mutant:
            context.route(re.compile(r"/ui/keep[^/]*\.js"), lambda route: route.fulfill(body="", content_type="text/javascript"))
        return context

    def kill(self) -> None:
        """``kill -9`` of the whole browser, then a new one on the same profile."""
        listed = subprocess.run(["pgrep", "-f", f"user-data-dir={self.profile}"], capture_output=True, text=True, check=False)
        for pid in listed.stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        time.sleep(0.3)
        for lock in Path(self.profile).glob("Singleton*"):
            lock.unlink(missing_ok=True)
        self.context = self.launch()

    def close(self) -> None:
        self.context.close()
        shutil.rmtree(self.profile, ignore_errors=True)


@dataclass
class Form:
    """A form that people write in.

    Attributes:
        field: name of the field that is tried.
        begin: leads somebody to the form; called once.
        again: leads the same person back to it, after whatever happened.
        over: SQL that ends the time for writing.
        open: SQL that opens it again.
    """

    name: str
    field: str
    begin: Callable[[Case], Page]
    again: Callable[[Case], Page]
    over: str
    open: str
    members: list[str] = field(default_factory=list)


def enter(case: Case, page: Page, email: str) -> None:
    """Sign in by the code of a letter."""
    before = len(case.demo.letters_to(email))
    page.goto("/connexion/")
    page.get_by_role("textbox").first.fill(email)
    page.get_by_role("textbox").first.press("Enter")
    page.wait_for_url("**/connexion/code/**")
    code = re.search(r"\d{4}-\d{4}", case.demo.letter_to(email, "code", after=before))
    page.get_by_role("textbox").first.fill(code[0])
    page.get_by_role("textbox").first.press("Enter")
    page.wait_for_url(lambda url: "/connexion/" not in url)


def one_page(case: Case) -> Page:
    return case.context.pages[0] if case.context.pages else case.context.new_page()


def at(address: str) -> Callable[[Case], Page]:
    def go(case: Case) -> Page:
        page = one_page(case)
        page.goto(address)
        return page

    return go


# The forms


def begin_draft(case: Case) -> Page:
    page = one_page(case)
    email = f"essai{case.random.randrange(10**9)}@atelier.example"
    page.goto("/nec-2018/opencall/")
    page.get_by_label("Titre").fill(f"Essai {case.random.randrange(10**6)}")
    page.get_by_label("Intention").fill("Pour voir.")
    page.get_by_label("Votre adresse électronique").fill(email)
    page.get_by_role("button", name="Commencer mon brouillon").click()
    page.wait_for_url(re.compile(r"/opencall/[A-Z0-9]+/$"))
    case.notes |= {"email": email, "address": page.url}
    return page


def find_draft(case: Case) -> Page:
    page = one_page(case)
    page.goto(case.notes["address"])
    if not page.locator("[name=participants_do]").count():
        letter = case.demo.letter_to(case.notes["email"], "/opencall/")
        page.goto(re.search(r"http://\S*/opencall/\S*", letter)[0].rstrip(").,>"))
    return page


def as_member(email: str, address: str) -> Callable[[Case], Page]:
    """Somebody with an account, at an address: signs in when asked."""

    def go(case: Case) -> Page:
        page = one_page(case)
        page.goto(address)
        if "/connexion/" in page.url:
            enter(case, page, email)
            page.goto(address)
        if page.get_by_role("button", name="Ouvrir les notes").count():
            page.get_by_role("button", name="Ouvrir les notes").click()
            page.wait_for_load_state()
        return page

    return go


def forms_of(demo: Demo) -> list[Form]:
    def ask(sql: str) -> list[tuple]:
        with closing(sqlite3.connect(demo.data / "encommun.sqlite3", timeout=20)) as database:
            return database.execute(sql).fetchall()

    [(proposal,)] = ask("SELECT code FROM call_proposal WHERE state = 'published' ORDER BY id LIMIT 1")
    [(reader, to_read)] = ask(
        "SELECT a.email, p.code FROM call_assignment g JOIN people_account a ON a.id = g.account_id JOIN call_proposal p ON p.id = g.proposal_id"
        " WHERE p.state = 'published' AND a.email NOT LIKE '%@nec.example'"
        " AND NOT EXISTS (SELECT 1 FROM call_review r WHERE r.proposal_id = p.id AND r.account_id = a.id)"
        " AND NOT EXISTS (SELECT 1 FROM call_conflict c WHERE c.proposal_id = p.id AND c.account_id = a.id) LIMIT 1"
    )
    [(writer, session)] = ask(
        "SELECT u.email, s.code FROM programme_session s JOIN call_author u ON u.proposal_id = s.proposal_id"
        " WHERE u.email != '' AND NOT EXISTS (SELECT 1 FROM commons_note n WHERE n.session_id = s.id) LIMIT 1"
    )
    [(closes_at,)] = ask("SELECT closes_at FROM call_call")
    closing_call = ("UPDATE call_call SET closes_at = '2018-06-01 00:00:00'", f"UPDATE call_call SET closes_at = '{closes_at}'")
    closing_talk = (
        "INSERT INTO deliberation_talk (event_id, topic_kind, is_open, reads_first) SELECT id, 'proposal', 0, 0 FROM events_event WHERE true"
        " ON CONFLICT DO UPDATE SET is_open = 0",
        "UPDATE deliberation_talk SET is_open = 1",
    )
    [(phase,)] = ask("SELECT phase FROM call_choosing")
    closing_reading = ("UPDATE call_choosing SET phase = 'over'", f"UPDATE call_choosing SET phase = '{phase}'")
    closing_notes = ("UPDATE commons_note SET state = 'published'", "UPDATE commons_note SET state = 'writing'")
    suggestion, message = (
        f"/nec-2018/propositions/{proposal}/suggerer/intention/",
        f"/nec-2018/echanges/propositions/{proposal}/ecrire/",
    )
    reading, notes = as_member(reader, f"/nec-2018/lecture/{to_read}/"), as_member(writer, f"/nec-2018/seances/{session}/notes/")
    return [
        Form("start", "intention", at("/nec-2018/opencall/"), at("/nec-2018/opencall/"), *closing_call),
        Form("draft", "participants_do", begin_draft, find_draft, *closing_call),
        Form("suggestion", "text", at(suggestion), at(suggestion), *closing_call),
        Form("message", "words", at(message), at(message), *closing_talk),
        Form("review", "words", reading, reading, *closing_reading, [reader]),
        Form("note", "text", notes, notes, *closing_notes, [writer]),
    ]


def in_database(demo: Demo, sql: str) -> None:
    with closing(sqlite3.connect(demo.data / "encommun.sqlite3", timeout=20)) as database:
        database.execute(sql)
        database.commit()


# The accidents: each begins with both texts typed, and ends where the person comes back by herself.


def tab_killed(case: Case, form: Form, page: Page) -> None:
    """The tab's process dies, without any event."""
    try:
        page.goto("chrome://crash", timeout=2000)
    except Exception:
        page = case.context.new_page()
    for one in case.context.pages[:-1]:
        one.close()


def crash(case: Case, form: Form, page: Page) -> None:
    case.kill()


def offline(case: Case, form: Form, page: Page) -> None:
    """The network goes, the form is sent all the same, the network comes back."""
    case.context.set_offline(True)
    send(page)
    page.wait_for_timeout(500)
    case.context.set_offline(False)


def session_expired(case: Case, form: Form, page: Page) -> None:
    case.context.clear_cookies()
    send(page)


def signed_in_between(case: Case, form: Form, page: Page) -> None:
    """In another tab the person signs in, which changes her session and its protection; then sends the form."""
    other = case.context.new_page()
    if form.members:
        other.goto("/mon-espace/")
        other.get_by_role("button", name=re.compile("déconnect", re.IGNORECASE)).first.click()
        other.wait_for_load_state()
    enter(case, other, form.members[0] if form.members else f"arrive{case.random.randrange(10**9)}@atelier.example")
    send(page)


def time_is_over(case: Case, form: Form, page: Page) -> None:
    in_database(case.demo, form.over)
    send(page)


def protection_fails(case: Case, form: Form, page: Page) -> None:
    """The token of the form is no longer the one of the browser."""
    case.context.clear_cookies(name="csrftoken")
    send(page)


def server_breaks(case: Case, form: Form, page: Page) -> None:
    """Every answer to what is sent is a bare 500."""

    def broken(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=500, body="<h1>Server Error (500)</h1>", content_type="text/html")
        else:
            route.fallback()

    case.context.route("**/*", broken)
    send(page)
    case.context.unroute("**/*", broken)


def two_tabs(case: Case, form: Form, page: Page) -> None:
    """The same form in two tabs, another text in each; both tabs are closed."""
    page.close(run_before_unload=False)


def back_button(case: Case, form: Form, page: Page) -> None:
    page.goto("/nec-2018/")
    page.go_back()
    page.wait_for_load_state()


FAULTS = [
    tab_killed,
    crash,
    offline,
    session_expired,
    signed_in_between,
    protection_fails,
    server_breaks,
    two_tabs,
    back_button,
    time_is_over,
]


def send(page: Page) -> None:
    """Press the form's own button."""
    page.locator("en-keep form button[type=submit], main form[method=post] button[type=submit]").first.click(no_wait_after=True)
    page.wait_for_timeout(1000)


def texts_on(page: Page) -> str:
    """Everything on the page that a person can read or copy, offered texts included."""
    page.wait_for_load_state()
    page.wait_for_timeout(600)
    read = "[...document.querySelectorAll('textarea, input')].map((one) => one.value).join('\\n') + document.body.innerText"
    found = page.evaluate(read)
    for button in page.locator("en-keep .notice.is-warning button").all():
        button.click()
        found += page.evaluate(read)
    return found


def lost(text: str, found: str) -> int:
    """Characters of the text that are nowhere: 0 when it is there whole."""
    if text in found:
        return 0
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in found else (low, middle - 1)
    return len(text) - low


def type_in(page: Page, name: str, text: str) -> None:
    box = page.locator(f"[name={name}]")
    box.click()
    box.press("Control+End")
    page.keyboard.insert_text(text)


def live(case: Case, form: Form, fault: Callable[[Case, Form, Page], None]) -> dict[str, Any]:
    """One accident, from the first word to the way back."""
    page = form.begin(case)
    if fault is two_tabs:
        other = case.context.new_page()
        other.goto(page.url)
        type_in(page, form.field, case.first)
        page.wait_for_timeout(OLD * 1000)
        type_in(other, form.field, case.second)
        other.wait_for_timeout(OLD * 1000)
        other.close(run_before_unload=False)
        back = case.context.new_page()
        page.close(run_before_unload=False)
        seen = texts_on(form.again(case) or back)
        missing = lost(case.first, seen) + lost(case.second, seen)
        return {"form": form.name, "fault": "two tabs", "lost": missing, "younger_lost": 0}
    type_in(page, form.field, case.first + " ")
    page.wait_for_timeout(OLD * 1000)
    type_in(page, form.field, case.second)
    fault(case, form, page)
    answered = ""
    if fault in (session_expired, protection_fails, time_is_over) and not page.is_closed():
        answered = texts_on(page)
    seen = texts_on(form.again(case))
    return {
        "form": form.name,
        "fault": fault.__name__.replace("_", " "),
        "lost": lost(case.first, seen),
        "younger_lost": lost(case.second, seen),
        **({"lost_in_the_answer": lost(case.first, answered)} if answered else {}),
    }


@contextmanager
def running_demo() -> Iterator[Demo]:
    """A demo of its own, or the one that ENCOMMUN_TEST_DEMO names («ADDRESS FOLDER»)."""
    if running := os.environ.get("ENCOMMUN_TEST_DEMO"):
        url, data = running.split()
        yield Demo(url, Path(data))
        return
    with tempfile.TemporaryDirectory(prefix="drafts-demo-") as folder:
        data = Path(folder) / "data"
        process, url = start_demo(data)
        try:
            yield Demo(url, data)
        finally:
            process.terminate()
            process.wait(20)


def run(arguments: list[str]) -> dict[str, Any]:
    """Every accident on every form; what was lost, one by one."""
    parser = argparse.ArgumentParser(prog="trials drafts")
    parser.add_argument("--forms", nargs="*", default=[])
    parser.add_argument("--faults", nargs="*", default=[], help="for example: crash two_tabs")
    parser.add_argument("--browsers", type=int, default=3)
    parser.add_argument("--mutant", action="store_true")
    asked = parser.parse_args(arguments)
    chromium = os.environ.get("ENCOMMUN_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        raise SystemExit("Chromium is not installed: «apt install chromium» as root, or name it in ENCOMMUN_TEST_CHROMIUM.")
    faults = [fault for fault in FAULTS if not asked.faults or fault.__name__ in asked.faults]
    results: list[dict[str, Any]] = []
    said = threading.Lock()

    def write_in(form: Form, its: list[Callable]) -> None:
        for fault in its:
            with sync_playwright() as playwright:
                case = Case(playwright, demo, chromium, seed=hash((form.name, fault.__name__)) % 10**6, mutant=asked.mutant)
                try:
                    found = live(case, form, fault)
                except Exception as error:
                    found = {"form": form.name, "fault": fault.__name__, "lost": None, "error": str(error).split("\n")[0]}
                finally:
                    case.close()
            with said:
                results.append(found)
                print(found, flush=True)

    with running_demo() as demo:
        forms = [form for form in forms_of(demo) if not asked.forms or form.name in asked.forms]
        with ThreadPoolExecutor(asked.browsers) as browsers:
            list(browsers.map(lambda form: write_in(form, [one for one in faults if one is not time_is_over]), forms))
        if time_is_over in faults:  # last, as it ends the time for everybody
            for form in forms:
                write_in(form, [time_is_over])
                in_database(demo, form.open)
    losses = [one for one in results if one["lost"] != 0 or one.get("lost_in_the_answer")]
    return {"accidents": len(results), "lost": sum(one["lost"] or 0 for one in results), "losses": losses, "holds": not losses}
