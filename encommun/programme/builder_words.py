"""What the builder says, in words, with the names of sessions, rooms and people."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from encommun.events.hours import place_of
from encommun.places.models import Equipment, Layout
from encommun.programme.builder import Finding, Programme, Wish
from encommun.programme.queries.building import LOOP, QUIET, STEP_FREE, Moving, Site
from encommun.programme.rules import day_of
from encommun.ui.dates import clock_time, short_day

RULES: dict[str, Promise] = {
    "clash": gettext_lazy("What the same people want to see is not at the same time"),
    "axes": gettext_lazy("An axis is not beside itself"),
    "rooms_per_axis": gettext_lazy("An axis stays in few rooms"),
    "rhythm": gettext_lazy("Different formats at the same time"),
    "room_fit": gettext_lazy("Rooms fit how many people are interested"),
    "wishes": gettext_lazy("Sessions and people have the times that they would rather have"),
    "zones": gettext_lazy("Those who speak from afar speak at a kind hour"),
    "similar": gettext_lazy("Sessions with similar titles are apart"),
}
LEVELS: dict[str, Promise] = {
    "must": gettext_lazy("above all"),
    "matters": gettext_lazy("matters"),
    "nice": gettext_lazy("would be nice"),
    "ignore": gettext_lazy("leave aside"),
}
USUAL = {
    "clash": "matters",
    "axes": "matters",
    "rooms_per_axis": "nice",
    "rhythm": "nice",
    "room_fit": "matters",
    "wishes": "matters",
    "zones": "matters",
    "similar": "nice",
}


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    return _("{hours} h {minutes:02}").format(hours=hours, minutes=rest) if rest else _("{hours} h").format(hours=hours)


def need_in_words(need: str) -> str:
    """«un vidéoprojecteur», «accès de plain-pied»."""
    known = {STEP_FREE: _("step-free access"), LOOP: _("a hearing loop"), QUIET: _("a quiet place")}
    known |= {str(code): str(label) for code, label in [*Equipment.choices, *Layout.choices]}
    return known.get(need, need)


def _session(site: Site, key: str) -> str:
    return site.sessions[key].title if key in site.sessions else _("a session")


def _room(site: Site, key: str) -> str:
    return site.rooms[key].name if key in site.rooms else _("a room")


def _person(site: Site, key: str) -> str:
    return site.people.get(key) or _("somebody")


def of_finding(one: Finding, site: Site) -> str:
    """What cannot fit, seen before solving."""
    facts = one.facts
    names = {name: _session(site, str(facts[name])) for name in ("session", "one", "other") if name in facts} | {
        "room": _room(site, str(facts.get("room"))),
        "person": _person(site, str(facts.get("person"))),
    }
    numbers = {
        name: _hours(int(facts[name])) for name in ("need", "there", "minutes", "longest") if isinstance(facts.get(name), int)
    }
    more = {"people": facts.get("people"), "most": facts.get("most"), "rooms": facts.get("rooms")}
    if one.kind in ("no_equipment", "no_room"):
        more["needs"] = ", ".join(need_in_words(need) for need in facts["needs"])
    if one.kind == "too_few_rooms_with":
        names["equipment"] = need_in_words(facts["need"])
    if one.kind == "no_common_time":
        more["people"] = ", ".join(_person(site, key) for key in facts["people"])
    sentences = {
        "no_rooms": _("The gathering has no room yet."),
        "no_spans": _("The days have no slots for sessions yet."),
        "too_much": _("All sessions together take {need}; rooms and slots together hold {there}."),
        "too_long": _("«{session}» takes {minutes}; the longest slot has {longest}."),
        "no_equipment": _("No room has what «{session}» needs: {needs}."),
        "no_capacity": _("«{session}» awaits {people} people; the largest room holds {most}."),
        "room_unfit": _("«{session}» is fixed in {room}, which does not have what it needs."),
        "no_room": _("No single room has all that «{session}» needs: {needs}."),
        "too_few_rooms_with": _(
            "Sessions that need this take {minutes}: {equipment}. The rooms that have it ({rooms}) offer {there}."
        ),
        "person_hours": _("{person} takes part in sessions for {minutes}, and is there for {there}."),
        "no_common_time": _("Those of «{session}» are never there together: {people}."),
        "pin_away": _("«{session}» is fixed at a time when {person} is not there."),
        "pin_closed": _("«{session}» is fixed in {room} while it is closed."),
        "pins_person": _("«{one}» and «{other}» are fixed at the same time, and {person} is in both."),
        "pins_room": _("«{one}» and «{other}» are fixed at the same time in {room}."),
        "pins_plenary": _("«{other}» is fixed beside «{one}», which is a plenary."),
        "order_turns": _("«{session}» comes after «{other}», which comes after it."),
        "pins_order": _("«{other}» continues «{one}», and is fixed before it ends."),
    }
    return sentences[one.kind].format(**(names | numbers | {key: value for key, value in more.items() if value is not None}))


def of_wish(wish: Wish, site: Site) -> str:
    """A rule that somebody asked for."""
    sentences = {
        "available": _("the hours of {person}"),
        "needs": _("«{session}» needs {need}"),
        "capacity": _("«{session}» needs a room large enough for those awaited"),
        "fixed_room": _("«{session}» is fixed in its room"),
        "fixed_time": _("«{session}» is fixed at its time"),
        "order": _("«{session}» comes after the one that it continues"),
        "alone": _("«{session}» is a plenary, with nothing beside it"),
        "closed": _("{room} is closed for a while"),
    }
    return sentences[wish.kind].format(
        person=_person(site, wish.key),
        session=_session(site, wish.key),
        room=_room(site, wish.key),
        need=need_in_words(wish.detail),
    )


def of_relaxing(wish: Wish) -> str:
    """What its button says."""
    sentences = {
        "available": _("See with her about her hours"),
        "needs": _("Change what it needs"),
        "capacity": _("Change how many are awaited"),
        "fixed_room": _("Let it change rooms"),
        "fixed_time": _("Let it change times"),
        "order": _("Change the order"),
        "alone": _("Make it an ordinary session"),
        "closed": _("See the room"),
    }
    return sentences[wish.kind]


def of_unmet(rule: str, sessions: list[str], amount: int, detail: str, *, site: Site, programme: Programme) -> str:
    """A wish that this programme does not meet."""
    titles = [_session(site, key) for key in sessions]
    one, other, *_rest = [*titles, "", ""]
    more: dict[str, str] = {}
    if rule == "clash":
        words = ngettext(
            "{n} person would like to be at both «{one}» and «{other}», which are at the same time.",
            "{n} people would like to be at both «{one}» and «{other}», which are at the same time.",
            amount,
        )
    elif rule == "rooms_per_axis":
        axis = next((s.axis for s in site.sessions.values() if s.axis and s.axis.slug == detail), None)
        words = _("The axis «{axis}» is in {rooms} rooms.").format(axis=axis.title if axis else detail, rooms=amount + 1)
    elif rule == "room_fit" and detail == "small":
        words = ngettext(
            "{n} person more than seats may come to «{one}».", "{n} people more than seats may come to «{one}».", amount
        )
    elif rule == "zones" and detail in site.zones and sessions[0] in programme:
        zone = site.zones[detail]
        more = {"hour": clock_time(site.moment(programme[sessions[0]][0]), zone), "place": place_of(str(zone))}
        words = (
            _("«{one}» begins in the night, at {hour}, for {person}, who speaks from {place}.")
            if amount > 1
            else _("«{one}» begins at {hour} for {person}, who speaks from {place}.")
        )
    elif rule == "wishes" and detail:
        words = _("«{one}» is not at the time that {person} would rather have.")
    elif rule == "change":
        words = _("«{one}» changes rooms.") if detail == "room" else _("«{one}» changes times.")
    else:
        words = {
            "axes": _("«{one}» and «{other}» are of the same axis, and at the same time."),
            "rhythm": _("«{one}» and «{other}» have the same format, and are at the same time."),
            "similar": _("«{one}» and «{other}» seem close, and are at the same time."),
            "room_fit": _("«{one}» is in a room much too large."),
            "wishes": _("«{one}» is not at the time wished for."),
            "zones": _("«{one}» is at a late or early hour for {person}."),
        }[rule]
    return words.format(one=one, other=other, n=amount, person=_person(site, detail), **more)


def of_total(rule: str, many: int) -> str:
    """How much of a rule still hurts."""
    sentences = {
        "clash": ngettext(
            "{n} pair wanted by the same people at the same time", "{n} pairs wanted by the same people at the same time", many
        ),
        "axes": ngettext("{n} time an axis is beside itself", "{n} times an axis is beside itself", many),
        "rooms_per_axis": ngettext("{n} axis in several rooms", "{n} axes in several rooms", many),
        "rhythm": ngettext("{n} pair of one format at the same time", "{n} pairs of one format at the same time", many),
        "room_fit": ngettext("{n} room too small or too large", "{n} rooms too small or too large", many),
        "wishes": ngettext("{n} session not at the time wished for", "{n} sessions not at the time wished for", many),
        "similar": ngettext("{n} pair of close subjects at the same time", "{n} pairs of close subjects at the same time", many),
        "change": ngettext("{n} change of what was announced", "{n} changes of what was announced", many),
        "zones": ngettext("{n} hour unkind to somebody far away", "{n} hours unkind to people far away", many),
    }
    return sentences[rule].format(n=many)


def of_move(moving: Moving, site: Site) -> str:
    """«jeudi à 11 h, Salle Micro; avant: …»."""
    here = _place(moving.room.name, moving.starts_at, site) if moving.room and moving.starts_at else _("no place")
    if moving.is_new or moving.session.room is None or moving.session.starts_at is None:
        return here
    return _("{here}, instead of {before}").format(
        here=here, before=_place(moving.session.room.name, moving.session.starts_at, site)
    )


def _place(room: str, moment: datetime, site: Site) -> str:
    zone = site.event.zone
    return _("{day} at {time}, {room}").format(day=short_day(day_of(moment, zone)), time=clock_time(moment, zone), room=room)
