"""What the loader says of a daerah's file that it refuses."""

import pytest
import sixth_daerah

from imbportal.daerah import loader


def refused(text, name="contoh.toml"):
    """Return the message: one line for each problem, which begins with file and key."""
    with pytest.raises(loader.DaerahError) as caught:
        loader.load(text, name)
    return str(caught.value)


def refused_with(old, new):
    """Return the problems of the sixth daerah's file with one thing changed in it."""
    content = sixth_daerah.FILE.read_text()
    assert content.count(old) >= 1, old
    return refused(content.replace(old, new, 1), f"{sixth_daerah.SLUG}.toml").splitlines()
