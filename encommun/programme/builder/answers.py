"""What the builder answers: a programme and how good it is, what is told on the way, and why nothing fits."""

from dataclasses import dataclass

from encommun.programme.builder.costs import Unmet
from encommun.programme.builder.problem import Programme, Wish
from encommun.programme.builder.verify import Breach


@dataclass(frozen=True, slots=True)
class Built:
    """The nearest programme found. It is whole when nothing is left out and no hard rule is broken."""

    programme: Programme
    breaches: list[Breach]
    unmet: list[Unmet]
    cost: int
    bound: int | None
    seconds: float
    first_seconds: float | None
    proved: bool
    rounds: int

    @property
    def is_whole(self) -> bool:
        """Whether every session stands, and every hard rule holds."""
        return not self.breaches


@dataclass(frozen=True, slots=True)
class Progress:
    """What is told on the way."""

    programme: Programme
    left_out: int
    cost: int
    bound: int | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why nothing fits: wishes that cannot hold together, none of them needless; and the fewest to drop so that the rest fits."""

    core: tuple[Wish, ...]
    relax: tuple[Wish, ...]
    minimal: bool
