"""HTML to PDF by WeasyPrint, which may read nothing but what is handed to it here.

Pages are HTML in the syntax of XML (every element closed, attributes in quotes): the parser of the
standard library reads them in a fraction of the time that WeasyPrint's own takes.
"""

import datetime
import io
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

ONE_AT_A_TIME = threading.Lock()
"""Pango's font maps are shared by a process and bear no second thread: without this lock a worker
with several threads corrupts its memory."""
STYLES = Path(__file__).parent / "styles"
BASE = "dasar"
"""What HTML looks like by itself."""
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PICTURES = ("data:image/svg+xml", "data:image/png;base64,")
NONE: Mapping[str, bytes] = MappingProxyType({})


class NotTypeset(RuntimeError):
    """WeasyPrint stopped; unlike its own fatal error this is an ordinary exception."""


class Enclosed(NamedTuple):
    """A file within a PDF: data of which the pages are the printed form."""

    name: str
    content: bytes
    description: str
    at: datetime.datetime
    """When it was made; never the clock's time, or the same paper would get other bytes."""


def pdf(
    html: str,
    styles: tuple[str, ...],
    enclosed: Enclosed | None = None,
    *,
    pictures: Mapping[str, bytes] = NONE,
) -> bytes:
    """Return the PDF of a page with these style sheets, by name; equal input gives equal bytes.

    ``pictures`` are PNG by the addresses under which the page names them. Raises NotTypeset, where
    the page is not well-formed too.
    """
    with ONE_AT_A_TIME:
        return _pdf(html, styles, enclosed, pictures)


def _pdf(
    html: str,
    styles: tuple[str, ...],
    enclosed: Enclosed | None,
    pictures: Mapping[str, bytes],
) -> bytes:
    from weasyprint.urls import FatalURLFetchingError

    fonts, fetcher = _fonts(), _fetcher(pictures)
    try:
        return _page()(html, fetcher).write_pdf(
            stylesheets=[_sheet(styles)],
            font_config=fonts,
            pdf_variant="pdf/a-3a",
            attachments=[_attachment(enclosed)] if enclosed else None,
            finisher=_finish,
        )
    except FatalURLFetchingError as error:
        raise NotTypeset(str(error)) from error


def _attachment(file: Enclosed):
    from weasyprint import Attachment

    at = file.at.astimezone(datetime.UTC)
    return Attachment(
        file_obj=io.BytesIO(file.content), name=file.name, description=file.description,
        created=at, modified=at, relationship="Data", url_fetcher=_fetcher(),
    )  # fmt: skip


def _finish(document, pdf) -> None:
    """Let the catalogue name an enclosed file once, and keep every object as it is written.

    WeasyPrint names it twice, and makes each object's bytes twice: for the file and for its ID.
    """
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    pdf.objects = [one if one.free == "f" else _written()(one) for one in pdf.objects]


@cache
def _written():
    import pydyf

    class Written(pydyf.Object):
        data = compressible = None  # properties of other objects, made anew at each look

        def __init__(self, one):
            self.number, self.generation, self.free = one.number, one.generation, one.free
            self.offset, self.data, self.compressible = one.offset, one.data, one.compressible

    return Written


def drawing(html: str, styles: tuple[str, ...]) -> bytes:
    """Return a small PDF that becomes part of another: no tags, no data of an archive."""
    with ONE_AT_A_TIME:
        return _page()(html, _fetcher()).write_pdf(
            stylesheets=[_sheet(styles)], font_config=_fonts()
        )


@cache
def _fonts():
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _page():
    """Return WeasyPrint's HTML with another parser and without its own style sheet.

    That sheet, for which ``dasar`` stands in, gives every element six pseudo-elements for notes: a
    fifth of the time of a table.
    """
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    class Page(HTML):
        def __init__(self, html, fetcher):
            try:
                root = ET.fromstring(NOT_IN_XML.sub("", html).strip())  # noqa: S314  our own page
            except ET.ParseError as error:
                raise NotTypeset(f"not well-formed: {error}") from error
            self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = root

        def _ua_stylesheets(self, forms=False):
            return []

    return Page


@cache
def _sheet(styles: tuple[str, ...]):
    """Return these style sheets as one: each element is looked up in every sheet there is.

    Before them stands one class for each percent, so that no template writes a style of its own.
    """
    from weasyprint import CSS

    widths = "".join(f".w{n} {{ width: {n}% }}" for n in range(1, 101))
    files = [(STYLES / f"{name}.css").read_text(encoding="utf-8") for name in (BASE, *styles)]
    return CSS(
        string="\n".join((files[0], widths, *files[1:])),
        font_config=_fonts(),
        url_fetcher=_fetcher(),
    )


def _fetcher(pictures: Mapping[str, bytes] = NONE):
    """Return the fetcher: only pictures in ``data:`` (the QR code) and what is handed over.

    No file, no host and no redirect, so that nothing an applicant writes can bring a private file
    or an answer of the inner network into a paper.
    """
    return _nowhere()(pictures)


@cache
def _nowhere():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Nowhere(URLFetcher):
        def __init__(self, pictures):
            super().__init__(allowed_protocols=("data",), allow_redirects=False)
            self.pictures = pictures

        def fetch(self, url, headers=None):
            if url in self.pictures:
                return URLFetcherResponse(url, self.pictures[url], {"Content-Type": "image/png"})
            if not url.startswith(PICTURES):
                raise ValueError("a paper reaches nothing outside itself")
            return super().fetch(url, headers)

    return Nowhere
