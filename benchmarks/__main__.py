"""``python -m benchmarks NAME``: JSON on standard output; exit code 1 when a target is missed."""

import json
import sys
from importlib import import_module

from benchmarks.machine import facts

NAMES = ("pages", "bookings", "scans", "start")


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1] not in NAMES:
        print(f"python -m benchmarks {'|'.join(NAMES)}", file=sys.stderr)
        return 2
    machine = facts()
    result = import_module(f"benchmarks.{sys.argv[1]}").measure()
    print(json.dumps({"name": sys.argv[1], "machine": machine, **result}, indent=2, ensure_ascii=False))
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
