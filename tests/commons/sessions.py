"""Sessions with notes, made through the commands."""

from encommun.commons.commands import mark_note_done, open_note, publish_resource, save_note
from encommun.commons.models import Note, Resource
from encommun.foundation.actor import SYSTEM
from encommun.programme.commands import SessionText, SomebodyTaking, make_session
from encommun.programme.models import Session
from tests.cast import NOW, Cast


def session(
    cast: Cast, *, title: str = "Cartographier les lieux hybrides", event=None, axis: str = "lieux", licence: str = "CC-BY-SA-4.0"
) -> Session:
    event = event or cast.event
    return make_session(
        event,
        SessionText(title=title, abstract="Ce que nous cherchons.", axis=event.axes.filter(slug=axis).first(), licence=licence),
        [
            SomebodyTaking(
                name="Bruno Le Goff",
                email="bruno@mediatheque.example",
                structure_name="Médiathèque",
                name_is_public=True,
                account_id=cast.bruno.pk,
            ),
            SomebodyTaking(name="Marcelle Discrète", email="marcelle@example.org", kind="co_facilitates"),
        ],
        is_confirmed=True,
        actor=SYSTEM,
        at=NOW,
    )


def note(cast: Cast, *, text: str = "## Ce que nous avons appris\n\n- Une carte se fait à plusieurs.", **kwargs) -> Note:
    one = session(cast, **kwargs)
    opened = open_note(one, text="Trame", actor=cast.actor("aya" if one.event_id == cast.event.pk else "emma"), at=NOW)
    return save_note(opened, text=text, version=1, actor=cast.actor("aya" if one.event_id == cast.event.pk else "emma"), at=NOW)


def done(cast: Cast, **kwargs) -> Note:
    one = note(cast, **kwargs)
    mark_note_done(one, actor=cast.actor("aya" if one.session.event_id == cast.event.pk else "emma"), at=NOW)
    return one


def resource(cast: Cast, *, title: str = "Carte des lieux hybrides", **kwargs) -> Resource:
    one = done(cast, **kwargs)
    who = "gaelle" if one.session.event_id == cast.event.pk else "emma"
    return publish_resource(one, title=title, licence=one.session.licence, actor=cast.actor(who), at=NOW)
