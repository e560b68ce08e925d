import io
import re

import pikepdf
from pypdf import PdfReader

from imbportal.indonesia import angka

AS_DATA = {"bentuk", "jenis", "tanggal", "sifat", "kode_qr"}
"""What is enclosed in a paper and stands on it otherwise: dates, kind, sums, QR code."""


def words(pdf):
    """Return the text of all pages with single spaces."""
    return " ".join(pages(pdf))


def pages(pdf):
    """Return the text of each page with single spaces."""
    texts = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    # pypdf reads a font that also has characters beyond 16 bits as bytes in pairs.
    return [re.sub(r"\s+", " ", text.replace("\x00", "")).strip() for text in texts]


def enclosed(pdf, name):
    """Return a file within a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return document.attachments[name].get_file().read_bytes()


def unprinted(data, text):
    """Return what a paper's enclosed data say that its text does not."""
    text = _plain(text)
    return [one for one in _leaves(data) if _plain(one) not in text]


def _leaves(value):
    if isinstance(value, dict):
        value = [item for key, item in value.items() if key not in AS_DATA]
    if isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield angka(value) if isinstance(value, int) else value


def _plain(text):
    return re.sub(r"\s+", "", text).casefold()
