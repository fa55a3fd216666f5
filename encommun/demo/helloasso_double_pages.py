"""The page of HelloAsso's double: it says at once that it is a demonstration."""

from html import escape
from typing import Any

from encommun.demo.card_double_pages import STYLE
from encommun.foundation.money import in_words


def page(name: str, intent: dict[str, Any] | None, *, refused: bool = False, is_over: bool = False) -> str:
    """The page of a checkout intent, in each of its states."""
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Paiement de démonstration</title><style>{STYLE}</style></head><body><main>"
        '<p class="demo">Ceci est une démonstration de HelloAsso : aucune carte n’est demandée, rien n’est débité.</p>'
        f"{_body(name, intent, refused, is_over)}</main></body></html>"
    )


def _body(name: str, intent: dict[str, Any] | None, refused: bool, is_over: bool) -> str:
    if intent is None:
        return "<h1>Cette page de paiement n’existe pas</h1>"
    if "order" in intent:
        return "<h1>Ce paiement est déjà fait</h1><p>Vous pouvez fermer cette page.</p>"
    if is_over:
        return "<h1>Cette page de paiement est fermée</h1><p>Rien n’a été débité.</p>"
    body, at = intent["body"], f"/paiement/{escape(name)}"
    amount = escape(in_words(body["totalAmount"], "fr"))
    said = (
        '<p class="refused" role="alert">La carte est refusée (démonstration). Vous pouvez essayer de nouveau.</p>'
        if refused
        else ""
    )
    return (
        f'<h1>{escape(body["itemName"])}</h1><p class="amount">{amount}</p>{said}'
        f'<form method="post" action="{at}/pay"><label for="tip">Contribution volontaire à HelloAsso, en euros</label>'
        '<input id="tip" name="tip" type="number" min="0" max="50" value="0">'
        f'<button class="first">Payer {amount}</button></form>'
        f'<form method="post" action="{at}/refuse"><button>Refuser (comme le ferait une banque)</button></form>'
        f'<form method="post" action="{at}/leave"><button>Revenir sans payer</button></form>'
    )
