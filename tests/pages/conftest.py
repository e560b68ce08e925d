"""Galleries of the tests: a small one in the ordinary suite, the whole demo for long figures."""

import pytest
from gallery import Gallery


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """A portal with the demo's cases of two daerah."""
    with Gallery(tmp_path_factory.mktemp("portal"), ("pamekasan", "sleman")) as gallery:
        yield gallery


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    with Gallery(tmp_path_factory.mktemp("portal")) as gallery:
        yield gallery
