"""The WSGI application: public pages kept in memory first, Django behind."""

import gc
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "encommun.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from encommun.ui.public_pages import PublicPages

application = PublicPages(get_wsgi_application())
get_resolver().url_patterns  # noqa: B018 every view is loaded now, not by the first visitor
# What is loaded now lives as long as the process: keep it out of every later collection.
gc.collect()
gc.freeze()
# A request leaves few cycles behind: look for them every 20,000 objects rather than every 2,000.
gc.set_threshold(20_000, 20, 20)
# A thread that has its answer from the database may hold places that others wait for: it goes on at once, not after 5 ms.
sys.setswitchinterval(0.0005)
