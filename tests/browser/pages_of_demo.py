"""The pages of a running demo, one of each kind: found by following links, as people do."""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext

#: Each kind is read so many times to find links, and looked at once.
MOST_READ = 3
LINK = re.compile(r'<a\b[^>]*?\shref="([^"#]+)', re.I)
#: Leaving is no page, and a stream never ends.
LEFT_ASIDE = {"people:sign_out", "programme:stream", "privacy:download"}


def name_of(path: str) -> str:
    """What the address is called in ``urls.py``; empty when it is none of ours."""
    if path.startswith("/demo/"):  # only there when a demo is served
        return "demo:letter" if re.search(r"\d", path) else "demo:demo"
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def pages_of(context: BrowserContext, url: str, starts: Sequence[str]) -> tuple[dict[str, str], set[str]]:
    """Name of an address -> a page of the kind; and every name that a link led to, files among them.

    What is not sampled: where it starts, and what letters lead to (pages of one person at one moment, all of one kind).
    """
    found: dict[str, str] = {}
    read: Counter[str] = Counter()
    waiting, seen, not_sampled = list(starts), set(starts), set(starts)
    while waiting:
        path = waiting.pop(0)
        name = name_of(urlsplit(path).path)
        if not name or name in LEFT_ASIDE or (read[name] >= MOST_READ and path not in not_sampled):
            continue
        read[name] += 1
        answer = context.request.get(url + path)
        if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
            continue
        reached = urlsplit(answer.url).path
        found.setdefault(name_of(reached), reached)
        for href in LINK.findall(answer.text()):
            there = urlsplit(urljoin(answer.url, href.replace("&amp;", "&")))
            link = there.path + (f"?{there.query}" if there.query else "")
            if there.netloc == urlsplit(url).netloc and link not in seen:
                seen.add(link)
                waiting.append(link)
                if name == "demo:letter" and "/lien/" in link:
                    not_sampled.add(link)
    return found, set(read)
