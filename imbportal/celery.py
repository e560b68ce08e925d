"""Celery executes what the outbox holds; without Redis the worker command does the same."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imbportal.settings")

app = Celery("imbportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
