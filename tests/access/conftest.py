"""Two daerah, three applicants and twelve cases, made once for each file, each thing marked."""

import copy
import logging
import tempfile

import pytest
from access_cast import World
from django.conf import settings as live
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Make the cases in a transaction that ends with the file; bills rest on samples.

    Not of package scope: a folder without ``__init__.py`` is none, and pytest would keep the
    transaction open to the end of the session, under every later test of that process.
    """
    storages = copy.deepcopy(live.STORAGES)
    with tempfile.TemporaryDirectory() as folder, django_db_blocker.unblock():
        storages["default"]["OPTIONS"]["location"] = folder
        with override_settings(STORAGES=storages), transaction.atomic():
            with override_settings(DEMO=True):
                made = World()
            cache.clear()
            yield made
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quiet():
    """Thousands of refusals are meant here: writing each to the log takes longer than asking."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def undone(world, db):
    """Return a function that asks as an actor and takes back whatever the request wrote."""

    def ask(actor, method, url, data=None, **more):
        client = world.clients[actor]
        cookies = copy.deepcopy(client.cookies)
        with transaction.atomic():
            response = client.generic_or_form(method, url, data, **more)
            transaction.set_rollback(True)
        client.cookies = cookies
        return response

    return ask
