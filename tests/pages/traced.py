"""The portal for the tests of its pages: each answer names the templates that it was made of.

``/robots.txt?rusak=500`` (400, 503) fails, so that those pages can be looked at too.
"""

import threading

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.template import Template
from django.urls import get_resolver

from imbportal.wsgi import application as portal

FAULTS = {"400": SuspiciousOperation, "500": RuntimeError, "503": OperationalError}
HEADER = "X-Templates"
used = threading.local()
plain_render = Template._render


def _render(template, context):
    if template.name:
        used.names.add(template.name)
    return plain_render(template, context)


Template._render = _render


def _break_on_demand():
    pattern = next(p for p in get_resolver().url_patterns if getattr(p, "name", "") == "robots")
    whole = pattern.callback

    def broken(request):
        if fault := FAULTS.get(request.GET.get("rusak", "")):
            raise fault("asked for by a test")
        return whole(request)

    pattern.callback = broken


_break_on_demand()


def application(environ, start_response):
    used.names = set()

    def answer(status, headers, *more):
        return start_response(status, [*headers, (HEADER, ",".join(sorted(used.names)))], *more)

    return portal(environ, answer)
