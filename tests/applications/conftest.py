"""A real case of the model daerah that a test drives, with its bills allowed on sample figures."""

import pytest

from imbportal.demo import people
from imbportal.demo.driver import Driver
from tests.applications.office_cast import drawn_once
from tests.within import server  # noqa: F401  a fixture


@pytest.fixture
def drive(db, demo):
    """Return a function that drives a new case of Budi's to a state and gives its driver."""

    def to(state, slug="contoh"):
        driver = Driver(slug, people.applicant("budi"))
        driver.to(state)
        return driver

    return to


@pytest.fixture(scope="module")
def files_drawn_once():
    """Draw each distinct file once in a module: the cases share their drawings."""
    with drawn_once():
        yield
