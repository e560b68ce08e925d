import io
import re

from pypdf import PdfReader


def words(pdf):
    """Return the text of all pages with single spaces."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))
