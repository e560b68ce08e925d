"""Galleries of the tests: the demo as it is loaded; for long figures also printed and sent."""

import pytest
from gallery import Gallery, shown


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A portal with the demo's cases, of which nothing was printed or sent yet."""
    with Gallery(tmp_path_factory.mktemp("portal")) as gallery:
        yield gallery


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    with Gallery(tmp_path_factory.mktemp("portal"), shown) as gallery:
        yield gallery
