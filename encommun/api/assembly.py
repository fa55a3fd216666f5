"""The API: each package's router under one address."""

from django.conf import settings
from ninja import NinjaAPI

from encommun.api import errors
from encommun.api.reading import StrictJson
from encommun.call.api import router as call
from encommun.checkin.api import router as checkin
from encommun.commons.api import router as commons
from encommun.events.api import router as events
from encommun.events.keys import KEY
from encommun.programme.api import router as programme
from encommun.registration.api import router as registration

DESCRIPTION = """\
Read without a key: gatherings, axes, proposals, programme, passes, resources. These answers are the same for everyone,
carry an ETag, and may be fetched from pages of other sites.

Book and scan: with a key that the team makes on its page «Team and keys», sent as `Authorization: Bearer …`. Booking
also works without a key, as the form does, within the same limits.

A refusal is `{"code", "detail", "errors"}`: the code is stable and for programs, the sentence is for people. Under
`/en/api/v1/` sentences are in English. Codes: `seats`, `bookings` and `proposals` have public codes such as `K7M2QX`.
"""

api = NinjaAPI(
    title="Encommun",
    version="1.0.0",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    urls_namespace="v1",
    auth=KEY,
    parser=StrictJson(),
    openapi_extra={
        "info": {
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
            "contact": {"email": settings.CONFIG.contact_email},
        },
        "servers": [{"url": settings.CONFIG.base_url}],
    },
)
errors.install(api)
for router in (events, call, programme, registration, checkin, commons):
    api.add_router("/events", router)
