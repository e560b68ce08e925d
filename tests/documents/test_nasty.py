"""Whatever somebody types into a field, the paper keeps its shape and says it letter by letter."""

import subprocess
import time

import pytest
import zxingcpp
from PIL import Image

from documents.seal import place
from tests.documents import layout
from tests.documents.nasty_papers import NUMBER, TEMPLATES, typeset
from tests.documents.nasty_texts import TEXTS
from tests.documents.printouts import CHECK, SIGNER

OFFICE = "DINASPENANAMANMODALDANPELAYANANTERPADUSATUPINTU"
MARGIN = 40
"""Points at both sides, a little less than the style sheets leave."""
LEAST = 5
"""Letters of a page above its foot."""
FOOT = {"formulir": 737}
WET = {"serah_terima", "plat", "formulir"}
"""Papers that bear no electronic seal to be seen."""
SECONDS = 60
"""Of the processor for one paper; a layout that goes round in circles takes minutes."""
QUICK = [TEXTS[n :: len(TEMPLATES)] for n in range(len(TEMPLATES))]
"""Every text once in some paper."""

FEW = [TEXTS[n : n + 4] for n in range(0, len(TEXTS), 4)]
"""Neighbours, which are alike, fill all fields of a paper."""
EVERY = [
    pytest.param(template, few, id=f"{number}-{template}")
    for number, few in enumerate(FEW)
    for template in TEMPLATES[number % 3 :: 3]
]
"""Every text in every third paper, in turn; one with thousands of letters makes twenty pages."""


def codes(pdf, folder):
    """Return what the QR codes of all pages say."""
    (folder / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "80", "-gray", folder / "a.pdf", folder / "a"], check=True)
    pictures = map(Image.open, sorted(folder.glob("a-*.pgm")))
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def crooked(template, pdf, folder):
    """Yield what is wrong with the shape of a paper or form."""
    pages, text = layout.pages(pdf), layout.read(pdf)
    if template == "plat":
        if len(pages) > 1:
            yield "more than one plate"
    else:
        for n, page in enumerate(pages, 1):
            foot = FOOT.get(template, layout.FOOT)
            yield from torn(page, f"Halaman {n} dari {len(pages)}", foot)
    if text.count(OFFICE) != 1:
        yield f"letterhead {text.count(OFFICE)} times"
    if template == "formulir":
        return
    if f"Nomor{NUMBER}" not in layout.bare(pages[0].text):
        yield "no number on its first page"
    if template != "plat" and text.count(layout.bare(SIGNER)) != 1:
        yield f"signed {text.count(layout.bare(SIGNER))} times"
    if template not in WET and place.find(pdf) is None:
        yield "no place for the seal"
    if codes(pdf, folder) != [CHECK]:
        yield "not one QR code"


def torn(page, foot, above):
    """Yield what is wrong with one page; ``foot`` says which it is and stands below ``above``."""
    if out := layout.outside(page, MARGIN):
        yield f"{foot}: beyond the margin: {out[:3]}"
    if over := layout.overprinted(page):
        yield f"{foot}: one over the other: {over[:3]}"
    if sum(len(word.text) for word in page.words if word.top < above) < LEAST:
        yield f"{foot}: empty"
    if foot.lower() not in page.text.lower():
        yield f"{foot}: does not say so"


def check(template, texts, folder):
    began = time.process_time()
    pdf = typeset(template, texts)
    assert time.process_time() - began < SECONDS
    assert list(crooked(template, pdf, folder)) == []
    if template != "plat":
        assert layout.altered(pdf, texts, FOOT.get(template, layout.FOOT)) == []


@pytest.mark.parametrize(
    ("template", "texts"), list(zip(TEMPLATES, QUICK, strict=True)), ids=TEMPLATES
)
def test_no_text_breaks_a_paper(template, texts, tmp_path):
    check(template, texts, tmp_path)


@pytest.mark.panjang
@pytest.mark.parametrize(("template", "texts"), EVERY)
def test_no_few_texts_break_any_paper(template, texts, tmp_path):
    check(template, texts, tmp_path)
