"""Genuine files as a browser saves them, and as one drops them on the check page."""

import hashlib

import pytest
from django.core.cache import cache
from django.test import Client
from journeys import downloaded, travelled
from public_checks import Public, read, write

from accounts.models import Identity, User
from applications.models import Application
from documents import rendering, services
from documents.models import Paper
from documents.printout import printout
from imbportal.daerah import registry
from tests.notifications.postbox import Postbox

pytestmark = [pytest.mark.django_db, pytest.mark.satu_basis_data, pytest.mark.browser]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def nobody_looked_yet():
    cache.clear()


def printed_anew(paper):
    """Return the hash of a paper that is printed once more, from what was frozen."""
    paper = Paper.objects.get(pk=paper.pk)
    page = printout(paper, services.signatures(paper))
    return hashlib.sha256(rendering.pdf(page)).hexdigest()


@pytest.fixture
def mine(db, server, context, page):
    """A case of Budi's, and his browser."""
    budi = User.objects.create_user("budi@berkas.test", name="Budi Santosa")
    Identity.objects.create(user=budi, name="Budi Santosa", address="Jl. Stadion 12")
    case = Application.objects.create(
        daerah="pamekasan", version_used=registry.current_version("pamekasan"), applicant=budi,
        holder=budi.identity, number="REG-1", state="COLLECTED",
    )  # fmt: skip
    client = Client()
    client.force_login(budi, backend=BACKEND)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": server}])
    page.goto(f"{server}/verifikasi/")
    return case


@pytest.mark.parametrize(
    ("papers", "passes"), [(2, 1), pytest.param(50, 4, marks=pytest.mark.panjang)]
)
def test_what_came_through_a_browser_is_genuine_still(mine, server, page, issue, papers, passes):
    public, said = Public(), []
    issued = [rendering.render(issue("kode_ambil", case=mine.pk).pk) for _ in range(papers)]
    with Postbox() as postbox:
        for number in range(papers * passes):
            paper = issued[number % papers]
            file = downloaded(page, f"{server}/dokumen/{paper.pk}/")
            if number >= papers:
                file = travelled(file, number, postbox)
            said.append(public.verdict(file, paper if number % 2 else None))
    again = sum(printed_anew(paper) == paper.file_sha256 for paper in issued)
    figures = {"count": len(said), "sesuai": said.count("Berkas sesuai"), "cetak_ulang": again}
    write("berkas-asli", figures)
    assert (said, again) == (["Berkas sesuai"] * (papers * passes), papers)


def test_a_file_that_is_dropped_on_the_page_is_compared(server, page, issue):
    paper = rendering.render(issue("kode_ambil").pk)
    content = read(paper)
    page.goto(f"{server}/verifikasi/{paper.token}/")
    assert page.locator("[data-seret-kata]").is_visible()
    drop = """([bytes]) => {
      const moved = new DataTransfer();
      moved.items.add(new File([new Uint8Array(bytes)], "surat.pdf", {type: "application/pdf"}));
      document.querySelector("[data-seret]").dispatchEvent(
        new DragEvent("drop", {dataTransfer: moved, bubbles: true, cancelable: true}));
    }"""
    with page.expect_navigation():
        page.evaluate(drop, [list(content)])
    assert page.locator("h2", has_text="Berkas sesuai").is_visible()
