"""The sweep for foreign objects over fifty cases."""

import pytest
from access_plan import ACTORS
from looking import look_everywhere

from tests.columns import written_once

pytestmark = pytest.mark.django_db


@pytest.mark.panjang
def test_nobody_meets_what_is_anothers_among_fifty_cases(long_world, undone_in, settings):
    settings.DEMO = False
    assert len(long_world.cases) == 50
    with written_once():
        look_everywhere(long_world, undone_in(long_world), ACTORS)
