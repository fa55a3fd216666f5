"""Who may change an account."""

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, Verdict
from encommun.people.models import Account


def may_change_account(actor: Actor, account: Account) -> Verdict:
    """Whether the account is the actor's own: nobody changes another's, whatever the role."""
    return True if actor.account_id == account.pk else NotFound()
