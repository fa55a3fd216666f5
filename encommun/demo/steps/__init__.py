"""How the demo is made, step by step; each goes through the product's own commands wherever there is one.

``STEPS`` are modules with ``build(event, accounts, at)``, run in order on a new database.
"""

STEPS = ("call", "deliberation", "programme", "registration", "passes", "payment", "invoicing", "commons", "correspondence")
