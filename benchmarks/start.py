"""Seconds from the command to the first answer, and memory of the process that answers."""

import statistics
import time
from pathlib import Path

from benchmarks.instance import family, instance, serving, wait_for
from tests.postgres import free_port

MOST_SECONDS, MOST_MB = 3.0, 150


def measure() -> dict[str, object]:
    with instance() as served:
        seconds, memory = [], []
        for _n in range(3):
            port = free_port()
            environ = served.environ | {"ENCOMMUN_BASE_URL": f"http://127.0.0.1:{port}"}
            start = time.perf_counter()
            with serving(["-m", "encommun", "serve", "--port", str(port)], environ) as server:
                wait_for(f"http://127.0.0.1:{port}/sante/")
                seconds.append(time.perf_counter() - start)
                for page in ("/", "/nec-2018/", "/nec-2018/programme/", "/nec-2018/inscriptions/", "/api/v1/docs"):
                    wait_for(f"http://127.0.0.1:{port}{page}")
                memory.append(max(resident(pid) for pid in family(server.pid)))
    took, used = statistics.median(seconds), statistics.median(memory)
    return {
        "seconds": round(took, 2),
        "resident_mb_of_the_web_process": round(used),
        "target": {"seconds": MOST_SECONDS, "mb": MOST_MB},
        "ok": took <= MOST_SECONDS and used <= MOST_MB,
    }


def resident(pid: int) -> float:
    """Resident memory in MB."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
