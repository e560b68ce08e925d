"""A folder of rules files in which the invented sixth daerah stands beside the portal's own."""

import copy
import shutil

import pytest
from django.conf import settings as live
from sixth_daerah import FILE, SLUG

from imbportal.daerah import registry


@pytest.fixture
def sixth_folder(tmp_path, settings, monkeypatch):
    """A folder with the portal's own files and a sixth one, from which the portal reads."""
    place = tmp_path / "daerah"
    place.mkdir()
    for path in live.DAERAH_FOLDER.glob("*.toml"):
        shutil.copy(path, place)
    shutil.copy(FILE, place / f"{SLUG}.toml")
    settings.DEMO, settings.STORAGES = True, copy.deepcopy(live.STORAGES)
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path / "files"
    monkeypatch.setattr(registry, "FOLDER", place)
    registry.forget()
    yield place
    registry.forget()
