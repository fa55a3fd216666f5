"""Readers of other programmes: bytes in, items and problems out. Nothing here knows the database.

``read`` finds what a file is. Readers are tolerant: an item that cannot be read is reported with its place, the rest is read.
"""

from encommun.programme.imports.found import Found, Item, Problem, Somebody, Unreadable
from encommun.programme.imports.read import read
from encommun.programme.imports.table import FIELDS

__all__ = ["FIELDS", "Found", "Item", "Problem", "Somebody", "Unreadable", "read"]
