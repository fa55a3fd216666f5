from tests.access import EVERYONE, TEAM, Row

ACCESS = {
    "web:home": Row(allowed=EVERYONE),
    "web:health": Row(allowed=EVERYONE),
    "web:accessibility": Row(allowed=EVERYONE),
    "web:legal": Row(allowed=EVERYONE),
    "web:event_home": Row(allowed=EVERYONE, kwargs=lambda cast: {"event": cast.event.slug}),
    "web:event_privacy": Row(allowed=EVERYONE, kwargs=lambda cast: {"event": cast.event.slug}),
    "events:axes": Row(allowed=EVERYONE, kwargs=lambda cast: {"event": cast.event.slug}),
    "events:axis": Row(
        allowed=EVERYONE,
        kwargs=lambda cast: {"event": cast.event.slug, "axis": "lieux"},
        foreign=lambda cast: {"event": cast.other.slug, "axis": "lieux"},
    ),
    "events:changes": Row(allowed=EVERYONE, kwargs=lambda cast: {"event": cast.event.slug}),
    "events:changes_feed": Row(allowed=EVERYONE, kwargs=lambda cast: {"event": cast.event.slug}),
    "events:team_home": Row(
        allowed=TEAM, kwargs=lambda cast: {"event": cast.event.slug}, foreign=lambda cast: {"event": "no-such-gathering"}
    ),
    "events:register": Row(allowed=("data_protection", "coordination"), kwargs=lambda cast: {"event": cast.event.slug}),
    "events:register_file": Row(allowed=("data_protection", "coordination"), kwargs=lambda cast: {"event": cast.event.slug}),
}
