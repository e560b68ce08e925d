"""Files made on the spot: genuine ones, and the kinds that must not pass."""

import io
from types import SimpleNamespace

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from imbportal.uploads import scanner
from tests.uploads.real_clamd import UNHURRIED


def pdf(pages=2, edit=None, **save):
    """Return the bytes of a PDF; ``edit`` may spoil it before it is written."""
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        if edit:
            edit(document)
        out = io.BytesIO()
        document.save(out, **save)
    return out.getvalue()


def image(kind="JPEG", size=(60, 40), mode="RGB", **save):
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **save)
    return out.getvalue()


@pytest.fixture(autouse=True)
def alert(monkeypatch):
    """No test feels that clamd kept silent in the one before it, or that the machine is busy.

    Returns how long a page waits for clamd where no test has changed it."""
    monkeypatch.setattr(scanner, "_silent_until", 0.0)
    installed = scanner.WHILE_WAITING
    monkeypatch.setattr(scanner, "WHILE_WAITING", UNHURRIED)
    return installed


@pytest.fixture
def hurried(alert, monkeypatch):
    """Let a page wait for clamd as long as it does in an office; return the limit for a test.

    It lies far from both: a page that gives up in time, and one that waits to the end."""
    monkeypatch.setattr(scanner, "WHILE_WAITING", alert)
    assert alert * 5 <= UNHURRIED / 5
    return alert * 5


@pytest.fixture
def make():
    return SimpleNamespace(pdf=pdf, image=image, upload=upload)


def upload(content, name="denah.pdf"):
    return SimpleUploadedFile(name, content)
