"""The product's application with the trial's points in it; served by granian as in production."""

import os

from encommun.wsgi import application
from trials.kill_points import WEB, arm, forget_keys

if os.environ.get("TRIAL_MUTANT"):
    forget_keys()
arm(WEB)

__all__ = ["application"]
