"""A family's application through all 22 steps in a real browser, everything by its visible words.

The applicant has a window of 360 pixels, each officer one of 1280; after every page: nothing wider
than the window, no error on the console, no blocked resource, no failed request. Once in the demo
without JavaScript, once in production's settings with it.
"""

import shutil

import cast
import chart
import pytest
from evidence import sql
from person import Person
from portal import Portal
from posts import DemoPost
from procedure import walk_all_steps
from production import Production

pytestmark = pytest.mark.browser
HEADERS = {
    "server": "nginx",
    "content-type": "application/pdf",
    "content-security-policy": "default-src 'none'; object-src 'self'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
    "cache-control": "no-store",
}
"""What a paper must carry although nginx sends it: the portal's own headers."""

FAULTS = {
    "overflow": (f"<pre>{'x' * 90}</pre>", "pixels wide"),
    "policy": ('<p style="color: red">Merah</p>', "Content Security Policy"),
    "failure": ('<link rel="stylesheet" href="/hilang.css">', "503"),
}
"""What may be wrong with a page without a word on it, and how the walk names it."""


@pytest.fixture
def demo(tmp_path):
    with Portal(tmp_path) as running:
        yield running


@pytest.fixture
def production(tmp_path, own_services):
    if not shutil.which("nginx"):
        pytest.skip("nginx tidak ada (paket nginx-light)")
    with Production(tmp_path, **own_services) as running:
        yield running


@pytest.mark.panjang
def test_a_family_walks_without_javascript_in_the_demo(browser, demo):
    stage = cast.Stage(browser, demo)
    post = stage.window(DemoPost)
    family = stage.family(post, java_script_enabled=False)
    office = cast.demo_office(stage)
    walk_all_steps(family, office, lambda: cast.deputise(office, post))
    stage.check_papers(family)
    demo.manage("periksa_invarian")
    stage.report("demo")


@pytest.mark.services
def test_a_family_walks_in_production(browser, production):
    stage = cast.Stage(browser, production)
    post = production.post
    family = stage.family(post)
    office = cast.appointed_office(stage, post)
    walk_all_steps(family, office, lambda: cast.deputise(office, post))
    stage.check_papers(family)
    chart.compare(production, post)
    private_files_have_no_address(production, family)
    production.manage("periksa_invarian")
    stage.report("production")


@pytest.mark.parametrize("with_scripts", [True, False])
@pytest.mark.parametrize(("page", "words"), FAULTS.values(), ids=FAULTS)
def test_the_walk_sees_what_nobody_reads(browser, page, words, with_scripts):
    context = browser.new_context(viewport=cast.PHONE, java_script_enabled=with_scripts)
    context.route("**/*", lambda route: route.fulfill(**_answer(route.request.url, page)))
    person = Person(context, "http://portal.test")
    person.go("/")
    with pytest.raises(AssertionError, match=words):
        person.go("/rusak/")
    context.close()


def _answer(url, page):
    if url.endswith("/hilang.css"):
        return {"status": 503}
    policy = {"content-security-policy": "default-src 'none'; style-src 'self'; img-src data:"}
    body = page if url.endswith("/rusak/") else "<p>Baik</p>"
    html = f"<!doctype html><meta charset=utf-8><link rel=icon href=data:,><main>{body}</main>"
    return {"status": 200, "content_type": "text/html", "headers": policy, "body": html}


def private_files_have_no_address(production, family):
    """See nginx send a private file where the portal says so, and at no address of its own."""
    key, name = sql(production, "SELECT id, file FROM documents_paper WHERE file <> '' LIMIT 1")[0]
    ask = family.page.request.get
    sent = ask(f"{production.url}/dokumen/{key}/")
    assert sent.body() == (production.folder / "files" / name).read_bytes()
    for header, value in HEADERS.items():
        assert value in sent.headers.get(header, ""), f"{header}: {sent.headers}"
    assert "x-accel-redirect" not in sent.headers
    for place in ("_files", "files", "data/files", "static/../_files"):
        assert ask(f"{production.url}/{place}/{name}").status == 404, place
    log = (production.folder / "access.log").read_text()
    assert f'"GET /_files/{name}" 200' in log  # nginx itself sent it
