"""The officers' case page: the document beside its checklist, at every state, by links alone."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import casework
from applications.models import DocumentVersion, PagePicture, Point
from imbportal.demo import drawings
from tests.applications.office_cast import Desk, draw

pytestmark = pytest.mark.usefixtures("files_drawn_once")


@pytest.fixture
def desk(client, drive):
    return Desk(client, drive("SUBMITTED").case)


@pytest.fixture
def replaced(client, drive):
    """A case whose first document came in a second version; its pages are drawn."""
    driver = drive("SUBMITTED")
    driver.sideways("return_incomplete")
    driver.sideways("resubmit")
    draw()
    desk = Desk(client, driver.fresh())
    desk.code = next(i["slot"].code for i in desk.page().context["slots"] if i["changed"])
    return desk


def links(page):
    """Return the viewer's links by their words."""
    part = page[page.index('id="dokumen"') : page.index("</section>", page.index('id="dokumen"'))]
    found = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', part)
    return {
        re.sub("<[^>]*>", "", text): url.replace("&amp;", "&").split("#")[0] for url, text in found
    }


def test_pages_that_are_not_drawn_yet_say_so_and_offer_the_file(desk):
    page = desk.words()
    assert "Halaman sedang disiapkan." in page and "unduh berkasnya" in page
    version = desk.page().context["view"]["version"]
    assert f'href="/berkas/{version.pk}/"' in page


def test_a_page_that_cannot_be_drawn_says_so_and_offers_the_file(desk):
    version = desk.page().context["view"]["version"]
    PagePicture.objects.create(version=version, page=1)
    page = desk.words()
    assert (
        "Halaman ini tidak dapat ditampilkan." in page and f'href="/berkas/{version.pk}/"' in page
    )


@pytest.mark.parametrize(
    ("scan", "said"), [("karantina", "masih menunggu pemindaian"), ("berbahaya", "berbahaya")]
)
def test_a_file_that_is_not_clean_is_not_shown(desk, scan, said):
    draw()
    DocumentVersion.objects.update(scan=scan)
    page = desk.words()
    assert said in page and "<image" not in page


def test_the_viewer_works_by_links_alone(desk):
    draw()
    page = desk.words()
    assert "halaman 1 dari 2" in page and "<image" in page
    version = desk.page().context["view"]["version"]
    following = desk.words(links(page)["Halaman berikutnya ›"])
    assert "halaman 2 dari 2" in following and f"/berkas/{version.pk}/halaman/2/" in following
    assert "Halaman berikutnya ›" not in links(following)
    large = desk.words(links(following)["200 %"])
    assert re.search(r'<svg [^>]*width="1600"', large) and "halaman 2 dari 2" in large
    turned = desk.words(links(large)["Putar"])
    assert "rotate(90)" in turned and re.search(r'<svg [^>]*height="1600"', turned)
    back = desk.words(links(turned)["‹ Halaman sebelumnya"])
    assert "halaman 1 dari 2" in back and "rotate(90)" in back
    other = desk.words(links(back)["dokumen berikutnya »"])
    assert (
        version.pk != desk.page(links(back)["dokumen berikutnya »"]).context["view"]["version"].pk
    )
    assert 'aria-current="true">200 %' in other


@pytest.mark.parametrize(
    "query",
    ["?berkas=tidak_ada", "?halaman=99", "?halaman=-1", "?halaman=x&besar=9&putar=7&banding=4",
     "?versi=99", "?besar=200&putar=450", "?halaman=%C2%B2&versi=%C2%B2", "?hanya=dokumen"],
)  # fmt: skip
def test_crooked_addresses_show_what_there_is(desk, query):
    draw()
    assert "<image" in desk.words(query)


def test_two_versions_stand_side_by_side_on_the_same_page(replaced):
    desk = replaced
    page = desk.words(f"?berkas={desk.code}&halaman=2")
    both = desk.page(links(page)["Bandingkan dengan versi 1"])
    sides = both.context["view"]["sides"]
    assert [(s["version"].number, s["page"]) for s in sides] == [(1, 2), (2, 2)]
    text = both.content.decode()
    assert text.count("<image") == 2 and "Versi 1, halaman 2" in text
    alone = desk.page(links(" ".join(text.split()))["Tutup perbandingan"])
    assert [s["version"].number for s in alone.context["view"]["sides"]] == [2]


def test_the_shorter_version_shows_its_last_page(replaced):
    desk = replaced
    old = DocumentVersion.objects.get(document__requirement=desk.code, number=1)
    DocumentVersion.objects.filter(pk=old.pk).update(pages=1)
    view = desk.page(f"?berkas={desk.code}&halaman=2&banding=1").context["view"]
    assert [side["page"] for side in view["sides"]] == [1, 2]


def test_a_remark_is_numbered_on_its_page_and_on_no_other(desk):
    draw()
    slot = desk.slot()
    desk.refuse(slot, "Jarak belum tertulis.", page="2", x="500", y="500")
    marked = desk.words(f"?berkas={slot.code}&halaman=2")
    middle = slot.version.pictures.get(page=2).height // 2
    assert f'<circle cx="800" cy="{middle}"' in marked
    assert "<title>1. Jarak belum tertulis.</title>" in marked
    assert 'class="marker' not in desk.words(f"?berkas={slot.code}")


def test_a_remark_of_the_letter_stays_on_the_version_it_was_about(replaced):
    desk = replaced
    old = DocumentVersion.objects.get(document__requirement=desk.code, number=1)
    Point.objects.filter(file_version=old).update(page=1)
    view = desk.page(f"?berkas={desk.code}&banding=1").context["view"]
    assert [len(side["markers"]) for side in view["sides"]] == [1, 0]


def test_settled_documents_fold_away_but_never_the_one_that_is_shown(client, drive):
    desk = Desk(client, drive("ASSESSMENT", "pamekasan").case, "tim_teknis")
    count = len([i for i in desk.page().context["slots"] if i["slot"].version])
    while len(left := [i for i in desk.page().context["slots"] if i["judgeable"]
                       and not i["slot"].good]) > 1:  # fmt: skip
        desk.approve(left[0]["slot"])
    context = desk.page().context
    assert context["view"]["slot"].code == left[0]["slot"].code, "the next one to judge is shown"
    assert len(context["settled"]) > 3
    assert len(context["shown"]) + len(context["settled"]) + len(context["apart"]) >= count
    assert f"{len(context['settled'])} lainnya sesuai" in desk.words()
    code = context["settled"][0]["slot"].code
    assert code not in [i["slot"].code for i in desk.page(f"?berkas={code}").context["settled"]]


def test_the_head_says_who_what_where_and_how_much(client, drive):
    desk = Desk(client, drive("ASSESSMENT").case, "tim_teknis")
    case, page = desk.case, desk.words()
    head = page[page.index('class="desk__head"') : page.index('class="case"')]
    assert case.number in head and case.holder.name in head and case.address in head
    assert re.search(r"KDB \d+ % dari \d+ %", head) and re.search(r"KDH \d+ % dari \d+ %", head)
    assert "putaran 1" in head and "giliran Anda" in head and "Penilaian teknis" in head


def test_the_bar_counts_what_lacks_beside_the_pale_button(client, drive):
    desk = Desk(client, drive("ASSESSMENT").case, "tim_teknis")
    bar = desk.words()
    bar = bar[bar.index('class="actionbar') :]
    assert "disabled" in bar and re.search(r"\d+ dokumen belum sesuai\.", bar)
    assert "Belum ada catatan untuk pemohon." in bar


STATES = ("KRK_REQUESTED", "SUBMITTED", "RECORDING", "ASSESSMENT", "FEE", "SKRD_SIGNING",
          "AWAITING_PAYMENT", "PAYMENT_REVIEW", "PERMIT_SIGNING", "READY", "COLLECTED")  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_its_page(client, drive, state):
    driver = drive(state)
    desk = Desk(client, driver.case, driver.case.turn_role or "petugas")
    page = desk.words()
    assert driver.case.stage_label in page
    assert "style=" not in page and "onclick" not in page


# -- Queries --------------------------------------------------------------------------------
def queries(desk, query=""):
    desk.page(query)  # reads the rules once per process
    with CaptureQueriesContext(connection) as asked:
        desk.page(query)
    return len(asked)


def test_a_case_asks_no_more_for_more_documents_points_notes_and_events(client, drive):
    driver = drive("SUBMITTED")
    driver.sideways("return_incomplete")
    driver.sideways("resubmit")
    draw()
    desk = Desk(client, driver.fresh())
    few = queries(desk)
    for number in range(3):
        driver.sideways("return_incomplete")
        driver.sideways("resubmit")
        casework.add_note(driver.fresh(), f"Catatan {number}.", by=desk.user)
        casework.add_point(driver.fresh(), f"Butir {number}.", by=desk.user)
    draw()
    desk.case = driver.fresh()
    assert desk.case.events.count() >= 8 and desk.case.points.count() >= 6
    assert queries(desk) == few <= 80


def test_turning_a_page_in_place_asks_for_the_viewer_alone(client, drive):
    desk = Desk(client, drive("SUBMITTED").case)
    draw()
    alone = desk.words("?hanya=dokumen")
    assert "data-viewer" in alone and "<html" not in alone and "actionbar" not in alone
    assert queries(desk, "?hanya=dokumen") < queries(desk) / 2


def test_more_files_cost_no_more_queries(client, drive):
    driver = drive("SUBMITTED")
    desk = Desk(client, driver.case)
    few = queries(desk)
    full = driver.case.documents.values_list("requirement", flat=True)
    optional = [r for r in driver.case.rules.requirement if r.code not in full][:3]
    for requirement in optional:
        document = driver.case.documents.create(requirement=requirement.code)
        file = drawings.pdf(requirement.label)
        version = DocumentVersion(document=document, number=1, name="x.pdf", pages=2, size=1,
                                  mime="application/pdf", uploaded_by=driver.applicant)  # fmt: skip
        version.file.save("x.pdf", file)
    assert optional and queries(desk) == few
