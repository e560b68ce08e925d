"""Pages drawn as pictures: how they look, and files that want to hurt the one who draws."""

import io
import time

import pikepdf
import pytest
from django.core.files.base import ContentFile
from pikepdf import Dictionary, Name
from PIL import Image

from imbportal import uploads
from imbportal.uploads import pictures

PDF = "application/pdf"


def draw(data, first=1, last=1, mime=PDF):
    return uploads.draw(ContentFile(data), mime, first, last)


def opened(picture):
    return Image.open(io.BytesIO(picture.content))


def content(document, page, text, **resources):
    document.pages[page].obj.Contents = document.make_stream(text)
    document.pages[page].obj.Resources = Dictionary(**resources)


def test_a_page_becomes_a_grey_picture_of_its_shape(make):
    drawn = draw(make.pdf(edit=lambda d: content(d, 0, b"0 0 300 842 re f")))[0]
    image = opened(drawn)
    assert (image.width, image.height) == (drawn.width, drawn.height) == (1600, 2264)
    assert image.mode == "L" and drawn.ending == ".png"
    assert (image.getpixel((100, 1000)), image.getpixel((1500, 1000))) == (0, 255)


def test_colour_stays_colour(make):
    drawn = draw(make.pdf(edit=lambda d: content(d, 0, b"1 0 0 rg 0 0 595 842 re f")))[0]
    red = opened(drawn).convert("RGB").getpixel((800, 800))
    assert red[0] > 240 and red[1] < 15


def test_photos_are_capped_and_small_ones_left_as_they_are(make):
    large = draw(make.image(size=(4000, 3000)), mime="image/jpeg")[0]
    assert (large.width, large.height) == (1600, 1200)
    small = draw(make.image("PNG", (60, 40), "RGBA"), mime="image/png")[0]
    assert (small.width, small.height) == (60, 40)


def test_a_very_long_page_is_capped_too():
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(100, 10_000))
        out = io.BytesIO()
        document.save(out)
    assert draw(out.getvalue())[0].height <= 3200


def laughs(document):
    """Let page 2 draw a form that draws a form …, ten times at each of five levels, four times."""
    inner = document.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form,
                                 BBox=[0, 0, 595, 842])  # fmt: skip
    for _ in range(5):
        inner = document.make_stream(
            b"/X Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 595, 842],
            Resources=Dictionary(XObject=Dictionary(X=inner)),
        )  # fmt: skip
    content(document, 1, b"/X Do " * 4, XObject=Dictionary(X=inner))


def test_a_page_that_never_ends_costs_itself_alone(make, monkeypatch):
    monkeypatch.setattr(pictures, "CPU", 1)
    data, begun = make.pdf(pages=3, edit=laughs), time.monotonic()
    drawn = draw(data, 1, 3)
    assert [bool(p.content) for p in drawn] == [True], "the pages before it are kept"
    assert [bool(p.content) for p in draw(data, 2, 3)] == [False], "it is marked and left behind"
    assert [bool(p.content) for p in draw(data, 3, 3)] == [True], "the pages after it are drawn"
    assert time.monotonic() - begun < 20


def test_without_the_limit_the_same_page_would_be_drawn_on_and_on(make):
    """Negative control: it is the limit on CPU time that ends it."""
    begun = time.monotonic()
    assert draw(make.pdf(pages=3, edit=laughs), 2, 2)[0].content
    assert time.monotonic() - begun > 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"\0" * 5000])
def test_what_cannot_be_opened_is_said_of_its_first_page(data):
    for mime in (PDF, "image/jpeg", "image/png"):
        assert draw(data, 1, 9, mime=mime)[0] == uploads.Picture(1)


LIES = (
    '{"page": 1, "name": "../rahasia.png", "width": 1, "height": 1}',
    '{"page": 2, "name": "2.png", "width": 1, "height": 1}',
    '{"page": 1, "name": "1.png", "width": 99999999, "height": 1}', "[]", "x",
    '{"page": 1, "name": "1.png", "width": 1, "height": 1}',
)  # fmt: skip


def test_a_child_that_lies_is_not_believed(tmp_path, monkeypatch):
    """A parser that was taken over may name other files, or something that is no picture."""
    (tmp_path / "rahasia.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for number, line in enumerate(LIES):
        child = tmp_path / f"child_{number}.py"
        child.write_text(
            "def main(mime, source, folder, *more):\n"
            f"    open(folder + '/1.png', 'w').write('<html>')\n    print({line!r})"
        )
        monkeypatch.setattr(pictures, "CHILD", child)
        assert draw(b"x") == [uploads.Picture(1)], line
