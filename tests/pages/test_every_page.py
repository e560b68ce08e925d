"""Every page and state: WCAG 2.2 AA and best practices by axe, no sideways scrolling, a thumb's
targets for applicants, nothing that needs JavaScript.

axe looks at one of both sizes in turn: in the ordinary suite at every template of the portal once,
with ``panjang`` at all states.
"""

import time

import catalogue
import pytest
from lookers import NARROW, Looker, in_office, needs_script, targets, too_wide, violations, write
from tour import SIZES, Tour

pytestmark = pytest.mark.browser


class Seen:
    """One tour through a gallery, with all that was found on it."""

    def __init__(self, gallery, browser, *, sample):
        start = time.monotonic()
        self.axe = Looker(violations, SIZES.values(), turns=True)
        self.width = Looker(too_wide, NARROW, turns=True)
        self.thumb = Looker(targets, [SIZES["360"]], skip=in_office)
        self.lacking, self.compared = [], 0
        wants = (lambda name: name in catalogue.SAMPLE) if sample else (lambda name: True)
        self.tour = Tour(gallery, browser, self.look, wants)
        try:
            catalogue.run(self.tour)
        finally:
            self.tour.close()
        self.seconds = round(time.monotonic() - start)

    def look(self, name, page):
        for looker in (self.axe, self.width, self.thumb):
            looker(name, page)
        if page.locator("script[src]").count() and self.tour.fetched:
            self.compared += 1
            self.lacking += needs_script(page, self.tour.without_script(page))


@pytest.fixture(scope="module")
def seen(small, browser):
    return Seen(small, browser, sample=True)


def every_template_was_seen(tour, but=()):
    shown = set().union(*tour.names.values())
    assert catalogue.own_templates() - shown == {*catalogue.UNSEEN_TEMPLATES, *but}


def test_every_template_is_accessible(seen):
    assert not seen.axe.found, seen.axe.report()
    every_template_was_seen(seen.tour)
    write("axe-cepat", pages=len(seen.tour.names), looks=seen.axe.looks, seconds=seen.seconds)


def test_no_page_scrolls_sideways_at_320_pixels_or_twice_the_size(seen):
    assert not seen.width.found, seen.width.report()


def test_what_applicants_press_is_as_high_as_a_thumb_wants(seen):
    assert not seen.thumb.found, seen.thumb.report()


def test_every_form_and_button_is_there_without_javascript(seen):
    assert not seen.lacking


def test_the_browser_refuses_nothing_of_a_page(seen):
    assert not seen.tour.complaints


@pytest.mark.panjang
def test_every_page_and_state(whole, browser):
    seen = Seen(whole, browser, sample=False)
    write(
        "axe", pages=len(seen.tour.names), looks=seen.axe.looks, seconds=seen.seconds,
        violations=len(seen.axe.found), wide=len(seen.width.found), low=len(seen.thumb.found),
        compared_without_script=seen.compared, lacking=len(seen.lacking),
    )  # fmt: skip
    assert not seen.axe.found, seen.axe.report()
    assert not seen.width.found, seen.width.report()
    assert not seen.thumb.found, seen.thumb.report()
    assert not seen.lacking
    assert not seen.tour.complaints
    assert not catalogue.unvisited(seen.tour.routes)
    every_template_was_seen(seen.tour, but={"applications/preparing.html"})  # all was printed


# -- Controls: what is wrong is seen ----------------------------------------------------------
@pytest.mark.parametrize("check, harm, what", [
    (violations, "document.querySelectorAll('main label').forEach(one => one.remove())", "label"),
    (too_wide, "document.querySelector('main form').style.width = '700px'", "too wide"),
    (targets, "document.querySelector('main button').style.minHeight = '30px'", "30 px"),
])  # fmt: skip
def test_a_spoilt_page_is_found(small, page, check, harm, what):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{small.url}/lacak/")
    assert not check(page)
    page.evaluate(harm)
    page.evaluate("document.querySelectorAll('main button').forEach(b => b.style.padding = 0)")
    assert what in str(check(page))


def test_one_weak_text_among_many_of_its_kind_is_found(small, page):
    page.goto(f"{small.url}/pamekasan/")
    assert not violations(page)
    assert page.locator("[data-alike]").count() > 20
    page.locator("main [data-alike]:visible").last.evaluate("at => { at.style.color = '#bbb' }")
    assert [what for what, _ in violations(page)] == ["color-contrast"]


@pytest.mark.parametrize("media, size", [("max-width: 400px", 360), ("min-width: 1200px", 1280)])
def test_what_is_wrong_at_one_size_alone_is_found(small, page, media, size):
    page.goto(f"{small.url}/lacak/")
    rule = f"@media ({media}) {{ main p, main label {{ color: #ddd !important }} }}"
    page.evaluate("rule => document.styleSheets[0].insertRule(rule)", rule)
    looker = Looker(violations, SIZES.values())
    looker("lacak", page)
    assert {what for what, _ in looker.found} == {"color-contrast"}
    assert {name for names in looker.found.values() for name in names} == {f"lacak at {size}"}


def test_a_form_that_only_a_script_makes_is_found(small, page):
    page.goto(f"{small.url}/lacak/")
    page.evaluate("""() => {
      document.head.append(Object.assign(document.createElement('script'), {src: '/x.js'}));
      document.querySelector('main form').append(Object.assign(
        document.createElement('button'), {name: 'hanya-skrip'}));
    }""")
    plain = page.request.get(page.url).text()
    assert "hanya-skrip" in str(needs_script(page, plain))
    assert "hidden without" not in str(needs_script(page, plain))
    closed = plain.replace("</form>", "<p hidden><button>Buka</button></p></form>")
    assert "hidden without" in str(needs_script(page, closed))
