"""Rows that the tests of a module share: made once, back after each test, gone after the last."""

import copy
import tempfile
from contextlib import contextmanager

from django.conf import settings as live
from django.db import connection, transaction
from django.test import override_settings

from imbportal import triggers


@contextmanager
def apart(blocker):
    """Let a fixture of a module make rows and files that nobody else sees.

    ``blocker`` is ``django_db_blocker``; bills rest on sample figures, as in the demo.
    """
    storages = copy.deepcopy(live.STORAGES)
    with tempfile.TemporaryDirectory() as folder, blocker.unblock():
        storages["default"]["OPTIONS"]["location"] = folder
        with override_settings(DEMO=True, STORAGES=storages), transaction.atomic():
            yield
            transaction.set_rollback(True)


def unguarded(*tables):
    """Take the triggers off tables, as who has the database's password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            for statement in triggers._REMOVE[connection.vendor](table):
                cursor.execute(statement)
