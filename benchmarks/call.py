"""The open call with 5,000 proposals, 50,000 messages and 100,000 interests, against one with a tenth of each.

Every page is drawn anew by the server for each request (a reader with a fresh mark passes by what is kept), so that it is the
drawing that is timed; and the statements of each are counted. Then one proposal's page as visitors get it, beside the constant.
"""

import http.client
import json
import shutil
import statistics
import time
from urllib.parse import urlsplit

from benchmarks.instance import Instance, instance
from benchmarks.pages import compare

TIMES, RATIO = 1.3, 0.5
SIZES = (500, 5000)
ROUNDS = 80

FILL = """
import random
from datetime import timedelta
from django.db import connection, transaction
from encommun.call.models import Author, Proposal, Revision, SearchText
from encommun.call.search import index, stems_of
from encommun.deliberation.models import Comment, Interest
from encommun.events.models import Event
from encommun.foundation import clock
event, at, chance = Event.objects.get(slug="nec-2018"), clock.now(), random.Random(5)
axes, formats = list(event.axes.all()), list(event.formats.all())
WORDS = "atelier borne guichet quartier bourg données logiciel écran lecture enfance aînés emploi santé logement écoute radio carte jeu".split()
SUBJECT = "Comment {} et {} se partagent-ils l'accompagnement au numérique ? On raconte le {}, puis on construit ensemble. "
have = Proposal.objects.filter(code__startswith="Q").count()
with transaction.atomic():
    made, texts = [], []
    for n in range(have, COUNT):
        three = chance.sample(WORDS, 3)
        made.append(Proposal(event=event, code=f"Q{n:05d}", state="published", title=f"{three[0].title()} et {three[1]}, essai {n}",
            intention=SUBJECT.format(*three) * 6, axis=chance.choice(axes), format=chance.choice(formats), minutes=60,
            participants_do=SUBJECT.format(*three), participants_leave_with="Un mode d'emploi.", licence="cc-by-sa-4.0",
            created_at=at, saved_at=at, published_at=at - timedelta(minutes=n)))
    Proposal.objects.bulk_create(made, batch_size=500)
    Author.objects.bulk_create([Author(proposal=one, email=f"{one.code}@x.example", name=f"Personne {one.code}", name_is_public=True)
        for one in made], batch_size=500)
    Revision.objects.bulk_create([Revision(proposal=one, version=v + 1, at=at, actor="visitor", is_public=True,
        fields={"title": one.title, "intention": one.intention[: 300 + v], "minutes": 60 + v}) for one in made for v in range(3)], batch_size=500)
    for one in made:
        index(one)
    Comment.objects.bulk_create([Comment(event=event, topic_kind="proposal", topic_code=one.code, author_name=f"Lectrice {m}", name_is_public=True,
        words=SUBJECT.format(*chance.sample(WORDS, 3)), state="shown", made_at=at, shown_at=at) for one in made for m in range(10)], batch_size=1000)
    Interest.objects.bulk_create([Interest(event=event, topic_kind="proposal", topic_code=one.code, email=f"i{m}@x.example", made_at=at, proven_at=at)
        for one in made for m in range(20)], batch_size=1000)
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
"""
COUNT = """
import json
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from encommun.ui.public_pages import STORE
settings.ALLOWED_HOSTS = ["*"]
client, found = Client(), {}
for name, paths in PATHS.items():
    client.get(paths[0])
    STORE.clear()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(paths[1]).status_code == 200, paths[1]
    found[name] = len(asked)
print(json.dumps(found))
"""


def measure() -> dict[str, object]:
    if shutil.which("wrk") is None:
        raise SystemExit("This benchmark needs wrk: «apt install wrk».")
    found: dict[int, dict[str, dict[str, float]]] = {}
    with instance(workers=1, threads=4) as served:
        for count in SIZES:
            served.shell(FILL.replace("COUNT", str(count)))
            paths = paths_among(count)
            counts = json.loads(served.shell(COUNT.replace("PATHS", repr(paths))).splitlines()[-1])
            found[count] = {name: times_of(served, urls) | {"statements": counts[name]} for name, urls in paths.items()}
        page = compare(f"{served.url}/nec-2018/propositions/Q00007/", served.environ)
    few, many = (found[count] for count in SIZES)
    times = {name: round(many[name]["p95_ms"] / few[name]["p95_ms"], 2) for name in few}
    same = all(few[name]["statements"] == many[name]["statements"] for name in few)
    return {
        "proposals_messages_interests": [[count, 10 * count, 20 * count] for count in SIZES],
        "pages": {str(count): one for count, one in found.items()},
        "p95_times": times,
        "same_statements": same,
        "proposal_for_visitors": page,
        "target": {"times": TIMES, "ratio": RATIO, "same_statements": True},
        "ok": same and page["ratio"] >= RATIO and max(times.values()) <= TIMES,
    }


def paths_among(count: int) -> dict[str, list[str]]:
    """Addresses of each kind of page: others at each round, spread over the whole."""
    base = "/nec-2018"
    codes = [f"Q{n * (count // ROUNDS):05d}" for n in range(ROUNDS)]
    words = ("borne écoute", "guichet quartier", "radio enfance", "jeu carte", "essai 17")
    return {
        "list": [f"{base}/propositions/?page={n % 15 + 1}" for n in range(ROUNDS)],
        "list_by_axis": [f"{base}/propositions/?axe=lieux&page={n % 5 + 1}" for n in range(ROUNDS)],
        "search": [
            f"{base}/propositions/?q={words[n % len(words)].replace(' ', '+').replace('é', '%C3%A9')}" for n in range(ROUNDS)
        ],
        "proposal": [f"{base}/propositions/{code}/" for code in codes],
        "talk": [f"{base}/echanges/propositions/{code}/" for code in codes],
    }


def times_of(served: Instance, paths: list[str]) -> dict[str, float]:
    """Milliseconds of the requests, one after the other."""
    connection = http.client.HTTPConnection(urlsplit(served.url).netloc, timeout=30)
    times = []
    for path in [*paths[:10], *paths]:
        start = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": "encommun-fresh=1"})
        answer = connection.getresponse()
        body = answer.read()
        times.append((time.perf_counter() - start) * 1000)
        if answer.status != 200 or b"</html>" not in body:
            raise SystemExit(f"{path} answered {answer.status}")
    ordered = sorted(times[10:])
    return {"p50_ms": round(statistics.median(ordered), 1), "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1)}
