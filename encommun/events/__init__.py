"""A gathering: dates, days, axes, the bodies behind it, the team and its roles, tokens of the API."""
