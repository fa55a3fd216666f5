"""``python -m benchmarks NAME``: JSON on standard output; exit code 1 when a target is missed."""

import json
import os
import sys
from importlib import import_module

from benchmarks.machine import facts

NAMES = ("pages", "bookings", "scans", "start", "call", "builder")


def main() -> int:
    name, given = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    if name not in NAMES or (given and name != "builder"):
        print(f"python -m benchmarks {'|'.join(NAMES)}", file=sys.stderr)
        return 2
    machine = facts()
    measure = import_module(f"benchmarks.{name}").measure
    result = measure(given) if name == "builder" else measure()
    print(json.dumps({"name": name, "machine": machine, **result}, indent=2, ensure_ascii=False))
    code = 0 if result["ok"] else 1
    if name == "builder":  # the first time, moves may still be compiled in a thread that nobody waits for
        sys.stdout.flush()
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(main())
