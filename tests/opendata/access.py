"""Who reaches which file: everyone."""

from tests.access import EVERYONE, Row
from tests.programme.access import _elsewhere, _event, _person, _session, _version

ACCESS = {
    "opendata:ics": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:xml": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:json": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:data": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:venues": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:venues_json": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:json_v2": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:jsonld": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:csv": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:atom": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:of_version": Row(allowed=EVERYONE, kwargs=lambda cast: _version(cast) | {"name": "programme.xml"}),
    "opendata:axis_ics": Row(allowed=EVERYONE, kwargs=lambda cast: _event(cast) | {"axis": "donnees"}),
    "opendata:person_ics": Row(allowed=EVERYONE, kwargs=_person),
    "opendata:session_ics": Row(allowed=EVERYONE, kwargs=_session, foreign=_elsewhere),
}
