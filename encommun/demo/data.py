"""Make the demo's data, or take those that are there along to another address: ``python -m encommun.demo.data``.

``demo.json`` in the folder of data says when they were made and at what address.
"""

import json


def prepare() -> None:
    """Make the data when there are none; else let the letters lead to the address of now."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction

    from encommun.demo.build import build
    from encommun.foundation import clock

    note, here = settings.DATA / "demo.json", settings.CONFIG.base_url
    if note.exists():
        made = json.loads(note.read_text())
        take_letters_along(made["base_url"], here)
    else:
        made = {"made": clock.now().isoformat()}
        with transaction.atomic():
            build(at=clock.now())
    note.write_text(json.dumps(made | {"base_url": here}))


def take_letters_along(before: str, now: str) -> None:
    """The links of letters lead to ``now`` where they led to ``before``, both without a final slash."""
    from django.db.models import F, Value
    from django.db.models.functions import Replace

    from encommun.mailing.models import Letter

    words = {name: Replace(F(name), Value(f"{before}/"), Value(f"{now}/")) for name in ("text", "html")}
    Letter.objects.filter(text__contains=f"{before}/").update(**words)


if __name__ == "__main__":
    prepare()
