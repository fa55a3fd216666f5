"""A real demo, served as anybody would start it, and a real Chromium."""

import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from encommun.demo.run import environment
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Demo:
    """A running demo."""

    url: str
    data: Path

    def __truediv__(self, path: str) -> str:
        return f"{self.url}/{path.lstrip('/')}"

    def ask(self, statement: str, *values: object) -> list[tuple]:
        """What a statement answers on the demo's database."""
        with closing(sqlite3.connect(self.data / "encommun.sqlite3", timeout=20)) as database:
            return list(database.execute(statement, values))

    def letters_of_each_kind(self, most: int) -> list[str]:
        """Addresses of the first letters of each kind, oldest first."""
        rows = self.ask("SELECT id, row_number() OVER (PARTITION BY kind ORDER BY id) AS n FROM mailing_letter ORDER BY id")
        return [f"/demo/lettres/{number}/" for number, n in rows if n <= most]

    def letters_to(self, address: str) -> list[str]:
        """Subject and text of the letters sent to an address, oldest first."""
        asked = "SELECT subject || char(10) || text FROM mailing_letter WHERE recipient = ? AND state = 'sent' ORDER BY sent_at, id"
        return [text for (text,) in self.ask(asked, address)]

    def letter_to(self, address: str, holding: str, *, after: int = 0, timeout: float = 40) -> str:
        """The letter to an address that holds these words, once it was sent; the first ``after`` ones do not count."""
        end = time.monotonic() + timeout
        while True:
            letters = self.letters_to(address)[after:]
            if found := [letter for letter in letters if holding in letter]:
                return found[-1]
            if time.monotonic() > end:
                raise AssertionError(f"no letter with «{holding}» to {address} after {timeout} s, among {len(letters)}")
            time.sleep(0.1)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = os.environ.get("ENCOMMUN_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("Chromium is not installed: «apt install chromium» as root, or name it in ENCOMMUN_TEST_CHROMIUM.")
    return path


def start_demo(data: Path, *options: str) -> tuple[subprocess.Popen, str]:
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ENCOMMUN_")}
    log = data.parent / f"{data.name}.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "encommun", "demo", "--port", str(port), "--data", str(data), *options],
            cwd=ROOT,
            env=environ,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    for _n in range(1800):
        try:
            with urllib.request.urlopen(f"{url}/sante/", timeout=2):
                return process, url
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise AssertionError(log.read_text())


def stop(process: subprocess.Popen) -> None:
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="session")
def made_demo(chromium_path, tmp_path_factory) -> Path:
    """The data of a demo in which everything has followed: letters are sent, duties done. Made once for all processes."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "made").exists():
            data = shared / "in-the-making"
            process, url = start_demo(data)
            port = int(url.rsplit(":", 1)[1])
            environ = environment(port=port, card_port=port + 1, asso_port=port + 2, data=data, today=date(2018, 7, 2))
            subprocess.run([sys.executable, "-m", "encommun", "worker", "--once"], cwd=ROOT, env=environ, check=True)
            stop(process)
            data.rename(shared / "made")
    return shared / "made"


@pytest.fixture(scope="module")
def demo(request, tmp_path_factory) -> Iterator[Demo]:
    """A demo of each file's own: what the tests of another did, and in which order, changes nothing here."""
    if running := os.environ.get("ENCOMMUN_TEST_DEMO"):  # «ADDRESS FOLDER»: try against a demo that runs already
        url, data = running.split()
        yield Demo(url, Path(data))
        return
    data = tmp_path_factory.mktemp("demo") / "data"
    shutil.copytree(request.getfixturevalue("made_demo"), data)
    process, url = start_demo(data)
    yield Demo(url, data)
    stop(process)


@pytest.fixture(scope="session")
def browser(chromium_path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=chromium_path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield found
        found.close()


@contextmanager
def pages_of_their_own(browser: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """Makes pages: ``open_page(phone=True, scheme="dark", js=False)``. Errors in scripts fail at the end."""
    contexts, errors = [], []

    def make(*, phone: bool = False, scheme: str = "light", js: bool = True, base_url: str = "") -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESK,
            color_scheme=scheme,
            java_script_enabled=js,
            locale="fr-FR",
            base_url=base_url or demo.url,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None)
        page.on("request", lambda request: errors.append(f"third party: {request.url}") if not ours(request.url) else None)
        return page

    def ours(url: str) -> bool:
        return url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:", "about:"))

    yield make
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def open_page(browser, demo) -> Iterator[Callable[..., Page]]:
    with pages_of_their_own(browser, demo) as make:
        yield make


@pytest.fixture(scope="module")
def sign_in(demo) -> Callable[[Page, str], Page]:
    """Sign in as somebody of the cast would: address, code by letter, second factor where there is one.

    Whoever signed in before in this file is still signed in: her cookies come along to the new page.
    """
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    from encommun.demo.cast import DEMO_TOTP_SECRET

    cookies: dict[tuple[str, str], list] = {}

    def enter(page: Page, email: str, *, at: Demo = demo) -> Page:
        if kept := cookies.get((at.url, email)):
            page.context.add_cookies(kept)
            page.goto(at / "/mon-espace/")
            if "/connexion/" not in page.url:
                return page
        before = len(demo.letters_to(email))
        page.goto(at / "/connexion/")
        page.get_by_role("textbox").first.fill(email)
        page.get_by_role("textbox").first.press("Enter")
        page.wait_for_url("**/connexion/code/**")
        letter = demo.letter_to(email, "code", after=before)
        code = re.search(r"\d{4}-\d{4}", letter)[0]
        page.get_by_role("textbox").first.fill(code)
        page.get_by_role("textbox").first.press("Enter")
        page.wait_for_load_state()
        if "second-facteur" in page.url:
            counter = next(iter(yield_hotp_counters_from_time()))
            page.get_by_role("textbox").first.fill(format_hotp_value(hotp_value(DEMO_TOTP_SECRET, counter)))
            page.get_by_role("textbox").first.press("Enter")
            page.wait_for_url(lambda url: "second-facteur" not in url)
        cookies[at.url, email] = page.context.cookies()
        return page

    return enter
