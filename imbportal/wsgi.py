"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imbportal.settings")

application = get_wsgi_application()

from imbportal.checks import refuse_unsafe  # noqa: E402 - needs the apps

refuse_unsafe()
