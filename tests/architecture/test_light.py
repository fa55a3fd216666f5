"""Nobody pays for what is not used: pages and the worker begin without the solver and what it brings."""

import subprocess
import sys

HEAVY = {"numpy", "ortools", "pandas"}
LOAD = """
import sys, django
django.setup()
import encommun.reactions.table, encommun.web.urls
print(*(name for name in sys.modules if "." not in name))
"""


def test_pages_and_the_worker_begin_without_the_solver():
    loaded = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True).stdout.split()
    assert "django" in loaded
    assert HEAVY & set(loaded) == set()
