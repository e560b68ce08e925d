"""The sheet that stands in for WeasyPrint's own knows every element that a paper has."""

import re
from pathlib import Path

import pytest

from documents import typesetting
from tests.documents import layout

pytestmark = pytest.mark.satu_basis_data
ROOT = Path(__file__).resolve().parents[2]
TAG = re.compile(r"<([a-z][a-z0-9]*)\b")
DRAWN = {"g", "path", "circle", "rect", "span"}
"""Within a drawing, or inline without a look of its own."""


def elements():
    """Return the elements that templates of papers write."""
    pages = [
        page for page in (ROOT / "templates/pdf").rglob("*.html") if "berkas" not in page.parts
    ]
    return {tag for page in pages for tag in TAG.findall(page.read_text(encoding="utf-8"))}


def test_every_element_of_a_paper_has_its_look():
    sheet = (typesetting.STYLES / f"{typesetting.BASE}.css").read_text(encoding="utf-8")
    known = set(re.findall(r"\b[a-z][a-z0-9]*\b(?=[^{}]*\{)", sheet))
    assert len(elements()) > 20
    assert elements() - known - DRAWN == set()


def test_weasyprint_adds_no_sheet_of_its_own():
    from weasyprint import CSS, HTML

    quote = "<html><body><blockquote>Kutipan</blockquote><i>miring</i></body></html>"
    bare = typesetting._page()(quote, None)
    page = bare.render(stylesheets=[CSS(string="@page { size: 200mm 200mm; margin: 0 }")])
    assert HTML._ua_stylesheets is not type(bare)._ua_stylesheets  # a hook that still exists
    assert all(box.margin_left == 0 for box in page.pages[0]._page_box.descendants())


@pytest.mark.parametrize(
    "body", ["<p>terbuka", "<p>a<br>b</p>", "<p>&nbsp;</p>", "<p class=a>b</p>"]
)
def test_a_page_that_is_not_well_formed_is_not_typeset(body):
    with pytest.raises(typesetting.NotTypeset, match="not well-formed"):
        typesetting.pdf(f"<html><body>{body}</body></html>", ("paper", "a4"))


def test_what_xml_cannot_hold_is_left_out():
    page = "<html><body><p>Ba\x0bgus\x00 \ufffe\ud800sekali</p></body></html>"
    assert layout.altered(typesetting.pdf(page, ("paper", "a4")), ["Bagus sekali"]) == []
