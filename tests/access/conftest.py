"""Two daerah, four applicants and their cases, made once for each file, each thing marked."""

import copy
import logging
import tempfile
from contextlib import contextmanager

import pytest
from access_cast import World
from access_plan import LONG, PLAN
from django.conf import settings as live
from django.core.cache import cache
from django.db import connection, transaction
from django.test import override_settings


@contextmanager
def made(blocker, plan):
    """Make the cases in a transaction that ends with its user; bills rest on samples."""
    storages = copy.deepcopy(live.STORAGES)
    with tempfile.TemporaryDirectory() as folder, blocker.unblock():
        storages["default"]["OPTIONS"]["location"] = folder
        with override_settings(STORAGES=storages), transaction.atomic():
            with override_settings(DEMO=True):
                world = World(plan)
            cache.clear()
            connection.run_on_commit = []  # never run; each answer that is undone looks through it
            yield world
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Return the cases of the quick plan.

    Not of package scope: a folder without ``__init__.py`` is none, and pytest would keep the
    transaction open to the end of the session, under every later test of that process.
    """
    with made(django_db_blocker, PLAN) as world:
        yield world


@pytest.fixture
def long_world(django_db_setup, django_db_blocker):
    with made(django_db_blocker, LONG) as world:
        yield world


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Thousands of refusals are meant here: writing each to the log takes longer than asking.

    Nor are the contexts of their templates copied, which no test here reads.
    """
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *given, **more: None)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def undone_in(db):
    """Return a function that gives ``undone`` for a world."""

    def of(world):
        def ask(actor, method, url, data=None, **more):
            client = world.clients[actor]
            cookies = copy.deepcopy(client.cookies)
            with transaction.atomic():
                response = client.generic_or_form(method, url, data, **more)
                transaction.set_rollback(True)
            client.cookies = cookies
            return response

        return ask

    return of


@pytest.fixture
def undone(world, undone_in):
    """Return a function that asks as an actor and takes back whatever the request wrote."""
    return undone_in(world)
