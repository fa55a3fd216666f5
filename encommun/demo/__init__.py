"""NEC 2018 as a demo: its data, its cast, the page of sent letters, and a local double of the card provider."""
