"""Run one trial: ``python -m trials oversell --attempts 20000 --processes 4``."""

import json
import sys
from importlib import import_module

TRIALS = {name: f"trials.{name}" for name in ("drafts", "kill", "mail", "money", "oversell", "webhooks")}


def main() -> int:
    """Run the named trial with the rest of the arguments."""
    if len(sys.argv) < 2 or sys.argv[1] not in TRIALS:
        print(f"python -m trials NAME [--help], with NAME one of: {', '.join(TRIALS)}", file=sys.stderr)
        return 2
    result = import_module(TRIALS[sys.argv[1]]).run(sys.argv[2:])
    print(json.dumps(result, indent=2))
    return 0 if result["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
