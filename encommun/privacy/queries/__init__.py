"""What can be asked about what is held."""

from encommun.privacy.queries.consents import consent_seen_by, consents_of
from encommun.privacy.queries.held import Held, held_about, held_as_json
from encommun.privacy.queries.register import all_holdings, register

__all__ = ["Held", "all_holdings", "consent_seen_by", "consents_of", "held_about", "held_as_json", "register"]
