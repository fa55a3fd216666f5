"""The page of the card provider's double: it says at once that it is a demonstration."""

from html import escape
from typing import Any

from encommun.foundation.money import in_words

STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1c1a3a, #f4efe1); --paper: light-dark(#f4f4f8, #14141f);
 --surface: light-dark(#fff, #20202f); --accent: light-dark(#2b45a6, #a3b6ff); --on: light-dark(#fff, #10102a);
 --danger: light-dark(#b01708, #ff998c); }
* { box-sizing: border-box; margin: 0; }
body { font: 1.0625rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); padding: 1.5rem 1rem; }
main { max-width: 30rem; margin: 4vh auto; background: var(--surface); border-radius: 6px; padding: 1.75rem; display: grid; gap: 1.1rem; }
h1 { font-size: 1.35rem; line-height: 1.25; } .amount { font-size: 2.6rem; font-weight: 800; line-height: 1; }
.demo { background: #ffb92e; color: #1c1a3a; padding: .7rem .9rem; border-radius: 4px; font-weight: 600; }
.refused { color: var(--danger); font-weight: 700; border-inline-start: 4px solid; padding-inline-start: .8rem; }
form { display: grid; gap: .7rem; } button { font: inherit; font-weight: 700; min-height: 3rem; border-radius: 4px; cursor: pointer;
 border: 2px solid var(--accent); background: transparent; color: var(--accent); } button.first { background: var(--accent); color: var(--on); }
button:focus-visible { outline: 3px solid #e08a00; outline-offset: 3px; }
"""


def page(session: dict[str, Any] | None, *, refused: bool = False) -> str:
    """The page of a session, in each of its states."""
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Paiement de démonstration</title><style>{STYLE}</style></head><body><main>"
        '<p class="demo">Ceci est une démonstration : aucune carte n’est demandée, rien n’est débité.</p>'
        f"{_body(session, refused)}</main></body></html>"
    )


def _body(session: dict[str, Any] | None, refused: bool) -> str:
    if session is None:
        return "<h1>Cette page de paiement n’existe pas</h1>"
    if session["status"] == "complete":
        return "<h1>Ce paiement est déjà fait</h1><p>Vous pouvez fermer cette page.</p>" + _leave(session)
    if session["status"] == "expired":
        return "<h1>Cette page de paiement est fermée</h1><p>Rien n’a été débité.</p>" + _leave(session)
    amount = escape(in_words(session["amount_total"], "fr"))
    at = f"/c/pay/{escape(session['id'])}"
    said = (
        '<p class="refused" role="alert">La carte est refusée (démonstration). Vous pouvez essayer de nouveau.</p>'
        if refused
        else ""
    )
    return (
        f'<h1>{escape(session["label"])}</h1><p class="amount">{amount}</p>{said}'
        f'<form method="post" action="{at}/pay"><button class="first">Payer {amount}</button></form>'
        f'<form method="post" action="{at}/refuse"><button>Refuser (comme le ferait une banque)</button></form>{_leave(session)}'
    )


def _leave(session: dict[str, Any]) -> str:
    return f'<form method="post" action="/c/pay/{escape(session["id"])}/leave"><button>Revenir sans payer</button></form>'
