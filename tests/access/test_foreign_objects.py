"""Each object's address asked by every other actor: nobody meets a string that is another's.

By every actor, over fifty cases: ``test_fifty_cases.py``, with the long figures.
"""

import pytest
from every_address import everything
from looking import in_turn, look_everywhere, meeting, sweep, whole

from accounts.models import Posting
from applications.models import Application, CaseFile
from applications.querysets import ApplicationQuerySet

pytestmark = pytest.mark.django_db


def test_nobody_meets_what_is_anothers(world, undone, settings):
    settings.DEMO = False
    look_everywhere(world, undone, choose=in_turn)


def test_the_sweep_sees_a_queryset_that_shows_all(world, undone, settings, monkeypatch):
    """Negative control: with the guard switched off the same sweep must find violations."""
    settings.DEMO = False
    monkeypatch.setattr(ApplicationQuerySet, "visible_to", lambda self, user: self.all())
    away = [url for url in everything(world) if "/berkas/" in url or "/admin/permohonan/" in url]
    found, _ = sweep(world, undone, ("other", "away"), away)
    assert {actor for actor, _, _ in found} == {"other", "away"}
    assert {"file", "note", "address"} <= {what for _, what, _ in found}


def test_the_file_of_a_case_holds_nothing_that_is_not_its_askers(world):
    within, actors = meeting(world), {"kantor": "turn", "pemohon": "owner"}
    for order in CaseFile.objects.all():
        met = within(order.file.open("rb").read())
        foreign = {c.what for c in met if not world.may_meet(actors[order.audience], c)}
        assert foreign == set(), (order.audience, order.application)
        assert {"name", "address", "paper", "file"} <= {canary.what for canary in met}


def test_the_queue_is_of_the_own_daerah(world, undone):
    text = whole(undone("away", "GET", "/admin/permohonan/")).decode()
    for case in Application.objects.exclude(number=""):
        assert (case.number in text) == (case.daerah == "pamekasan")


def test_an_officer_does_not_see_the_desk_side_of_his_own_case(world, undone):
    budi, case = world.users["owner"], world.case("ASSESSMENT")
    Posting.objects.create(user=budi, daerah="contoh", role="tim_teknis", valid_from="2020-01-01")
    assert undone("owner", "GET", f"/admin/permohonan/{case.pk}/").status_code == 404
    for page in ("/admin/", "/admin/permohonan/"):
        assert case.number not in whole(undone("owner", "GET", page)).decode()
    answer = undone("owner", "POST", f"/admin/permohonan/{case.pk}/catatan/", {"text": "x"})
    assert answer.status_code == 404


def test_nobody_but_the_officer_on_turn_can_try_pick_up_codes(world, undone):
    case = world.case("READY")
    url = f"/admin/permohonan/{case.pk}/isian/serah_terima/"
    typed = {"code": case.pickup_code, "receiver": "x", "relation": "pemohon"}
    for actor in ("role", "auditor", "admin", "turn"):
        assert undone(actor, "POST", url, typed).status_code == 403
