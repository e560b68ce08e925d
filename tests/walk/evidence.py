"""What a walk leaves behind: rows in the portal's own database, papers, and their QR codes."""

import io
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlparse

import psycopg2
import pypdf
import zxingcpp
from PIL import Image


def sql(portal, query, *values):
    """Ask the portal's own database."""
    url = portal.env.get("DATABASE_URL")
    if not url:
        with sqlite3.connect(portal.folder / "db.sqlite3") as connection:
            return connection.execute(query.replace("%s", "?"), values).fetchall()
    parts = urlparse(url)
    connection = psycopg2.connect(
        host=parts.hostname,
        port=parts.port,
        user=parts.username,
        password=unquote(parts.password or ""),
        dbname=parts.path[1:],
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()
    finally:
        connection.close()


def words(pdf):
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def scanned(pdf):
    """Return what a phone reads from the QR code of the printed first page."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.pdf")
        source.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-r", "130", "-gray", source, Path(folder, "a")], check=True)
        for picture in sorted(Path(folder).glob("a*.pgm")):
            codes = zxingcpp.read_barcodes(Image.open(picture))
            if codes:
                return codes[0].text
    return None
