"""The yardstick of ``pages``: a plain WSGI function that answers constant bytes, on the same server."""

import os

BODY = b"x" * int(os.environ.get("CONSTANT_BYTES", "1000"))
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]


if __name__ == "__main__":
    import sys

    from granian import Granian
    from granian.constants import Interfaces

    port, threads = int(sys.argv[1]), int(sys.argv[2])
    Granian(
        "benchmarks.constant:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        websockets=False,
        log_level="warning",
    ).serve()
