"""A real case of the model daerah that a test drives, with its bills allowed on sample figures."""

import copy

import pytest
from django.conf import settings as live

from imbportal.demo import people
from imbportal.demo.driver import Driver
from tests.applications.office_cast import drawn_once


@pytest.fixture
def demo(settings, tmp_path):
    """Allow bills on sample figures, and keep the files apart."""
    settings.DEMO = True
    storages = copy.deepcopy(live.STORAGES)
    storages["default"]["OPTIONS"]["location"] = tmp_path
    settings.STORAGES = storages


@pytest.fixture
def drive(db, demo):
    """Return a function that drives a new case of Budi's to a state and gives its driver."""

    def to(state, slug="contoh"):
        driver = Driver(slug, people.applicants()["budi"])
        driver.to(state)
        return driver

    return to


@pytest.fixture(scope="module")
def files_drawn_once():
    """Draw each distinct file once in a module: the cases share their drawings."""
    with drawn_once():
        yield
