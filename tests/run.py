"""Runs the whole suite: SQLite, PostgreSQL, the browser. Closes with one plain line of counts."""

import os
import re
import subprocess
import sys
from pathlib import Path

from postgres import NoPostgres, cluster

ROOT = Path(__file__).resolve().parent.parent
COUNT = re.compile(r"(\d+) (passed|failed|error|errors|skipped)")
WORKERS = os.environ.get("ENCOMMUN_TEST_WORKERS", str(min(os.cpu_count() or 1, 4)))


def run(title: str, *args: str, **environ: str) -> dict[str, int]:
    print(f"\n== {title}", flush=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *args], cwd=ROOT, env=os.environ | environ, stdout=subprocess.PIPE, text=True
    )
    last = ""
    for line in process.stdout:
        print(line, end="", flush=True)
        if COUNT.search(line):
            last = line
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for number, word in COUNT.findall(last):
        counts["failed" if word.startswith("error") else word] += int(number)
    if process.wait() and not counts["failed"]:
        counts["failed"] += 1
    return counts


def main() -> int:
    quick = ["-n", WORKERS, "-m", "not browser"]
    totals = [run("SQLite", *quick)]
    try:
        with cluster() as url:
            totals.append(run("PostgreSQL", *quick, ENCOMMUN_DATABASE_URL=url))
    except NoPostgres as reason:
        print(f"\n== PostgreSQL: skipped. {reason}")
    if os.environ.get("ENCOMMUN_TEST_CHROMIUM"):
        totals.append(run("Browser", "tests/browser", "-n", WORKERS, "--dist", "loadfile"))
    else:
        print(
            "\n== Browser: skipped. Chromium is not installed: «apt install chromium» as root, or name it in ENCOMMUN_TEST_CHROMIUM."
        )
    passed, failed, skipped = (sum(counts[word] for counts in totals) for word in ("passed", "failed", "skipped"))
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
