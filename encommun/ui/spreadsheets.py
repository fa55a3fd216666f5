"""Files that spreadsheets open."""


def cell(value: str) -> str:
    """A text that no spreadsheet takes for a formula. Source: OWASP, «CSV Injection»."""
    return f"'{value}" if value.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r") else value
