"""The settings of tests, in the environment before Django reads them (pytest -p)."""

import os
import tempfile

os.environ["ENCOMMUN_DATA"] = tempfile.mkdtemp(prefix="encommun-test-")
os.environ.setdefault("ENCOMMUN_TODAY", "2018-07-02")
os.environ.setdefault("ENCOMMUN_DEMO", "yes")
os.environ.setdefault("ENCOMMUN_SECRET_KEY", "tests-only-and-long-enough-to-please-the-deployment-check-0123456789")
os.environ.setdefault("ENCOMMUN_BASE_URL", "http://testserver")
