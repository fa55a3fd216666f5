"""A PostgreSQL of the tests' own: a new cluster in a temporary folder, on a free port, stopped at the end."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoPostgres(Exception):
    """PostgreSQL is not on this machine; the message says how to get it."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_binaries() -> Path:
    named = os.environ.get("ENCOMMUN_TEST_POSTGRES_BIN")
    found = [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    for folder in reversed(found):
        if (folder / "initdb").exists():
            return folder
    raise NoPostgres(
        "PostgreSQL is not installed: «apt install postgresql» as root, or name its folder in ENCOMMUN_TEST_POSTGRES_BIN."
    )


#: What tests may do without: safety from a fall, compiling statements asked once, sweeping tables that are emptied anyway.
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off", "autovacuum=off")


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """The address of a running cluster. ``durable``: with fsync, as in production (for benchmarks)."""
    binaries = find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="encommun-pg-"))
    user: dict[str, object] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    data, port = folder / "data", free_port()
    try:
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "encommun", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            check=True,
            capture_output=True,
            env=env,
            cwd=folder,
            **user,
        )
        options = [] if durable else [part for setting in HASTY for part in ("-c", setting)]
        server = subprocess.Popen(
            [
                binaries / "postgres",
                "-D",
                data,
                "-p",
                str(port),
                "-k",
                folder,
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "max_connections=100",
                *options,
            ],
            env=env,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=(folder / "log").open("wb"),
            **user,
        )
        try:
            for _n in range(200):
                if (
                    subprocess.run(
                        [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], env=env, cwd=folder
                    ).returncode
                    == 0
                ):
                    break
                time.sleep(0.05)
            subprocess.run(
                [binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "encommun", "encommun"],
                check=True,
                env=env,
                cwd=folder,
            )
            yield f"postgresql://encommun@127.0.0.1:{port}/encommun"
        finally:
            server.send_signal(2)
            server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
