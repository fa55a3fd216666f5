"""What can be asked of accounts."""

from encommun.people.queries.second_factors import Factors, factors_of

__all__ = ["Factors", "factors_of"]
