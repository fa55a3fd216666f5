"""Secret links: what a person without account opened in this session.

A letter holds ``…/lien/<token>/`` (``foundation.signing.link_token``). Opening it puts the pair (purpose, subject) in
the session and leads to the plain address, so that the secret does not stay in the address bar or in referrers.
"""

from django.http import HttpRequest

from encommun.foundation.signing import check_link

KEY = "links"
MOST = 40


def links_of(request: HttpRequest) -> frozenset[tuple[str, str]]:
    """The pairs (purpose, subject) opened in this session."""
    return frozenset((purpose, subject) for purpose, subject in request.session.get(KEY, ()))


def open_link(request: HttpRequest, purpose: str, subject: str, token: str, epoch: int = 0) -> None:
    """Accept a secret link for this session.

    Raises:
        NotFound: the token does not fit.
    """
    check_link(purpose, subject, token, epoch)
    give_link(request, purpose, subject)


def give_link(request: HttpRequest, purpose: str, subject: str) -> None:
    """Put a pair in the session: after opening a link, or after making the thing in this very session."""
    kept = [pair for pair in request.session.get(KEY, ()) if pair != [purpose, subject]]
    request.session[KEY] = [*kept, [purpose, subject]][-MOST:]
