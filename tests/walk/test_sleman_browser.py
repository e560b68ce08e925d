"""Sleman's thirteen steps at real windows: a family at 360 pixels, six officers at 1280."""

import datetime

import cast
import depok
import pytest
from officer import Officer
from portal import Portal
from posts import DemoPost
from procedure import Office

from imbportal import indonesia
from imbportal.demo.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.panjang]


def test_a_family_walks_sleman_at_windows(browser, tmp_path):
    with Portal(tmp_path) as portal:
        stage = cast.Stage(browser, portal)
        family = stage.family(stage.window(DemoPost))
        family.register()
        family.identify()
        family.open_case(depok.DAERAH)
        officers = {role: stage.window(Officer) for role in depok.ROLES}
        for role, officer in officers.items():
            officer.log_in(f"{role}.sleman@demo.test", PASSWORD)
        tomorrow = indonesia.today() + datetime.timedelta(days=1)
        assert depok.walk(family, Office(officers), tomorrow.isoformat()) == depok.BILL
        portal.manage("periksa_invarian")
        stage.report("sleman")
