"""Who people are to the instance."""

from encommun.people.models.account import Account
from encommun.people.models.structure import Structure
from encommun.people.models.tries import Tries

__all__ = ["Account", "Structure", "Tries"]
