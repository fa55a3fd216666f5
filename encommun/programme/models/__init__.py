"""The programme: a draft, and published versions."""

from encommun.programme.models.building import Building
from encommun.programme.models.imported import ImportedSession, ProgrammeFile
from encommun.programme.models.mine import MyProgramme, ToldOfChanges
from encommun.programme.models.open_space import OpenSubject
from encommun.programme.models.person import PublishedPerson
from encommun.programme.models.session import Part, Session
from encommun.programme.models.slot import Slot
from encommun.programme.models.version import ProgrammeVersion

__all__ = [
    "Building",
    "ImportedSession",
    "MyProgramme",
    "OpenSubject",
    "Part",
    "ProgrammeFile",
    "ProgrammeVersion",
    "PublishedPerson",
    "Session",
    "Slot",
    "ToldOfChanges",
]
