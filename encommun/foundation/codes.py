"""Short public codes (K7M2QX) and longer secrets."""

import secrets

#: No 0/O, 1/I/L: a code can be read out at the door. 31 characters.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_code(length: int = 6) -> str:
    """A public code: 31**6 is about 887 million; uniqueness is the database's (see the models)."""
    drawn, code = secrets.randbelow(len(ALPHABET) ** length), ""
    for _place in range(length):
        drawn, place = divmod(drawn, len(ALPHABET))
        code += ALPHABET[place]
    return code


def read_code(typed: str) -> str:
    """A code as somebody typed it: spaces, dashes and lower case are forgiven."""
    return "".join(c for c in typed.upper() if c.isalnum())
