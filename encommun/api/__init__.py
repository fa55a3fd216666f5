"""The JSON API: assembles each package's api.py; tokens, errors, OpenAPI."""
