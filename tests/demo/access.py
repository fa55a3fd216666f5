"""Who may reach the demo's pages: everybody, and only on a demo."""

from encommun.mailing.commands import File, write_letter
from tests.access import EVERYONE, Row
from tests.cast import NOW


def _letter(cast):
    return write_letter(
        "people/letters/login_code",
        to=cast.chloe.email,
        language="fr",
        at=NOW,
        dedupe="access",
        context={"code": "1234-5678", "minutes": 15, "instance_name": "Encommun"},
        files=(File(name="a.txt", content_type="text/plain", content=b"a"),),
    )


ACCESS = {
    "demo:demo": Row(allowed=EVERYONE),
    "demo:letter": Row(allowed=EVERYONE, kwargs=lambda cast: {"number": _letter(cast).pk}),
    "demo:attachment": Row(allowed=EVERYONE, kwargs=lambda cast: {"number": _letter(cast).attachments.get().pk}),
}
