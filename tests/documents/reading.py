import io
import re

from pypdf import PdfReader


def words(pdf):
    """Return the text of all pages with single spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    text = " ".join(page.extract_text() for page in pages)
    # pypdf reads a font that also has characters beyond 16 bits as bytes in pairs.
    return re.sub(r"\s+", " ", text.replace("\x00", ""))
