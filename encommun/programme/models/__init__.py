"""The programme: a draft, and published versions."""

from encommun.programme.models.person import PublishedPerson
from encommun.programme.models.session import Part, Session
from encommun.programme.models.slot import Slot
from encommun.programme.models.version import ProgrammeVersion

__all__ = ["Part", "ProgrammeVersion", "PublishedPerson", "Session", "Slot"]
