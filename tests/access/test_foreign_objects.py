"""Every object's address asked by every actor: nobody meets a string that is another's."""

import json
import re
from collections import Counter
from urllib.parse import unquote

import pytest
from access_cast import ACTORS
from addresses import everything

from accounts.models import Posting
from applications.models import Application
from applications.querysets import ApplicationQuerySet

pytestmark = pytest.mark.django_db
SHUT = {"note", "unsent point", "record", "file", "file name", "slip", "letter", "KTP photo",
        "NIK", "pick-up code", "tracking secret", "token", "paper", "page picture"}  # fmt: skip
"""What not even the superuser meets: he reads lists, and no case without a posting."""
LOOKING = [actor for actor in ACTORS if actor != "role"]
"""The auditor sees what an officer of another role sees."""
MARK = re.compile(rb"Zq[a-z]{12}")


def whole(response) -> bytes:
    """Return every byte of an answer, its headers and cookies before its body."""
    body = b"".join(response) if response.streaming else response.content
    heads = "\n".join(f"{key}: {value}" for key, value in response.headers.items())
    return f"{heads}\n{response.cookies}\n".encode() + body


def meeting(world):
    """Return a function that gives the canaries within some bytes."""
    made = {canary.text.encode(): canary for canary in world.canaries}
    other = {mark: canary for mark, canary in made.items() if not MARK.fullmatch(mark)}

    def within(text):
        met = [made[mark] for mark in set(MARK.findall(text)) & made.keys()]
        return met + [canary for mark, canary in other.items() if mark in text]

    return within


def sweep(world, undone, actors, urls):
    """Return the violations (actor, what, url) and how many readers met what is theirs."""
    found, rightly, within = [], 0, meeting(world)
    for actor in actors:
        for url in urls:
            answer = undone(actor, "GET", url)
            assert answer.status_code < 500, (actor, url)
            for canary in within(whole(answer)):
                if world.may_meet(actor, canary):
                    rightly += 1
                elif canary.text not in unquote(url) and not lists(actor, canary, url):
                    found.append((actor, canary.what, url))
    return found, rightly


def lists(actor, canary, url):
    """Whether this is the superuser reading one of the admin's lists."""
    return actor == "super" and url.startswith("/admin/") and canary.what not in SHUT


def test_nobody_meets_what_is_anothers(world, undone, settings):
    settings.DEMO = False
    urls = everything(world)
    found, met = sweep(world, undone, LOOKING, urls)
    figures = {"requests": len(urls) * len(LOOKING), "urls": len(urls), "rightly met": met,
               "canaries": len(world.canaries), "violations": len(found)}  # fmt: skip
    print(json.dumps(figures))  # noqa: T201
    assert not found, "\n".join(map(str, Counter(found).most_common(60)))
    assert met > 300, "the canaries are nowhere to be seen: the sweep proves nothing"


def test_the_sweep_sees_a_queryset_that_shows_all(world, undone, settings, monkeypatch):
    """Negative control: with the guard switched off the same sweep must find violations."""
    settings.DEMO = False
    monkeypatch.setattr(ApplicationQuerySet, "visible_to", lambda self, user: self.all())
    away = [url for url in everything(world) if "/berkas/" in url or "/admin/permohonan/" in url]
    found, _ = sweep(world, undone, ("other", "away"), away)
    assert {actor for actor, _, _ in found} == {"other", "away"}
    assert {"file", "note", "address"} <= {what for _, what, _ in found}


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
