"""The paper that is about to be signed, as pictures in the viewer."""

import re

import pytest
from django.utils import timezone

from applications import draft_pages
from applications.models import DraftPicture
from imbportal import uploads
from notifications import jobs
from notifications.models import Job
from tests.applications.office_cast import Desk

WAITING = "Halaman sedang disiapkan."


def work():
    for job in Job.objects.filter(kind=draft_pages.KIND, status=Job.Status.PENDING):
        assert jobs.run(job.pk)


def pictures(page):
    return re.findall(r'<image href="([^"]+)"', page)


@pytest.mark.usefixtures("files_drawn_once")
def test_who_signs_sees_the_draft_itself_and_others_do_not(client, drive):
    driver = drive("SKRD_SIGNING")
    desk = Desk(client, driver.case, driver.case.turn_role)
    first = desk.words()
    kind = draft_pages.kinds(driver.case)[0]
    pdf = f"/admin/permohonan/{driver.case.pk}/pratinjau/{kind}/"
    assert WAITING in first and f'<a href="{pdf}">unduh berkasnya</a>' in first
    desk.page()
    assert Job.objects.filter(kind=draft_pages.KIND).count() == 1, "asked for once"
    work()
    page = desk.words()
    (address,) = pictures(page)
    assert WAITING not in page and "(konsep)" in page and address.startswith(pdf)
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("image/")
    assert DraftPicture.objects.count() == DraftPicture.objects.first().pages
    assert len(pictures(desk.words(f"?konsep={kind}&hanya=dokumen"))) == 1

    upload = next(i for i in desk.page().context["slots"] if i["open"])
    assert "(versi 1)" in desk.words(upload["open"].split("#")[0])
    assert "Lihat konsep" not in Desk(client, driver.case, "petugas").words()
    assert client.get(address).status_code == 404

    # Another content has other pictures: what was drawn before is shown no more, then removed.
    driver.case.building_name = "Rumah lain"
    driver.case.save()
    old = set(DraftPicture.objects.values_list("file", flat=True))
    kept = timezone.now() - draft_pages.LINGERS  # by then no page that shows them is still loading
    DraftPicture.objects.update(made_at=kept)
    desk = Desk(client, driver.case, driver.case.turn_role)
    assert WAITING in desk.words() or not pictures(desk.words())
    work()
    assert len(pictures(desk.words())) == 1
    assert not old & set(DraftPicture.objects.values_list("file", flat=True))


@pytest.mark.usefixtures("files_drawn_once")
def test_a_draft_that_cannot_be_drawn_leaves_its_link(client, drive, monkeypatch):
    driver = drive("SKRD_SIGNING")
    desk = Desk(client, driver.case, driver.case.turn_role)
    desk.page()

    def broken(*_):
        raise RuntimeError("no memory")

    monkeypatch.setattr(uploads, "draw", broken)
    for _ in range(draft_pages.TRIES):
        Job.objects.filter(kind=draft_pages.KIND).update(due_at="2020-01-01T00:00Z")
        work()
    page = desk.words()
    assert "Halaman ini tidak dapat ditampilkan." in page and "/pratinjau/" in page
