import io
import re

from pypdf import PdfReader


def words(pdf):
    """Return the text of all pages with single spaces."""
    return " ".join(pages(pdf))


def pages(pdf):
    """Return the text of each page with single spaces."""
    texts = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    # pypdf reads a font that also has characters beyond 16 bits as bytes in pairs.
    return [re.sub(r"\s+", " ", text.replace("\x00", "")).strip() for text in texts]
