"""Who reaches which file: everyone."""

from tests.access import EVERYONE, Row
from tests.programme.access import _elsewhere, _event, _session

ACCESS = {
    "opendata:ics": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:xml": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:json": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:data": Row(allowed=EVERYONE, kwargs=_event),
    "opendata:venues": Row(allowed=EVERYONE, kwargs=lambda cast: {"event": _session(cast)["event"]}),
    "opendata:session_ics": Row(allowed=EVERYONE, kwargs=_session, foreign=_elsewhere),
}
