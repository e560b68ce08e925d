"""Five hundred file names that want out of the folder, into a header, or to pass for another."""

import copy
import itertools
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.cache import cache

from applications import casework
from applications.models import DocumentVersion
from imbportal.uploads import acceptance
from tests.applications import applicant_cast as cast
from tests.uploads.conftest import pdf
from tests.uploads.figures import write

pytestmark = pytest.mark.django_db
STEMS = (
    "../../../../tmp/keluar", "..\\..\\keluar", "/etc/passwd", "C:\\Windows\\win.ini", "~/keluar",
    "..%2f..%2fkeluar", "%2e%2e%2fkeluar", "....//keluar", "file:///etc/passwd", "\\\\server\\bagi",
    "a\x00b", "\x00", "a\r\nSet-Cookie: sesi=1", "a\nX-Sisip: 1", "a\r\n\r\n<script>",
    "a%0d%0aX: 1",
    "nama\u202efdp.exe", "\u202e", "\u2066a\u2069", "\u200b\u200b", "\ufeff", "a\u2028b", "e\u0301",
    "gambar\U0001f3e0", "\U0001f469\u200d\U0001f467", "\U0001f3e0" * 150, "\u5ef6" * 300,
    "x" * 5000,
    "CON", "nul", "COM1", "lpt9.txt", "aux", ".", "..", "...", "", " ", "-rf", "--help", "$(id)",
    "`id`", "; rm -rf", "| cat", "a\"; filename=\"b.exe", "a'; b", "a\\\"b", "<script>alert(1)",
    "<img src=x onerror=alert(1)>", "{{ 7*7 }}", "{% debug %}", "%s%n%d", "a;b=c", "=1+1", "a\tb",
    "\x1b[31m", "\x7f", ".htaccess", "web.config", "foto.php", "foto.pdf.exe", "a" * 117 + ".pdf",
)  # fmt: skip
ENDINGS = (".pdf", ".PDF", "", ".exe", ".pdf.html", ".pdf ", ".pdf.", "\x00.pdf", "/.pdf")
NAMES = [stem + ending for ending, stem in itertools.product(ENDINGS, STEMS)][:500]
SAFE = re.compile(r"[^/\\\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+\.pdf")


@pytest.fixture
def mine(client, settings, tmp_path, monkeypatch):
    """A draft of the client's. The parser is left out: the content is honest, the name is not."""
    storages = copy.deepcopy(settings.STORAGES)
    storages["default"]["OPTIONS"]["location"] = tmp_path / "dalam"
    settings.STORAGES = storages
    cache.clear()
    monkeypatch.setattr(acceptance, "_rewrite", lambda source, target, mime: copied(source, target))
    siti = cast.person("Siti Aminah", "siti@contoh.test", "3528014507900001")
    client.force_login(siti)
    return casework.create(siti, cast.DAERAH)


def copied(source, target):
    target.write_bytes(source.read_bytes())
    return 1


def body(name, way):
    """Return a multipart body with the name as a browser quotes it, raw, or encoded."""
    quoted = {
        "browser": name.replace("\\", "\\\\").replace('"', "%22").replace("\r", "%0D")
        .replace("\n", "%0A").join('""'),
        "raw": f'"{name}"',
    }[way]  # fmt: skip
    head = f'--batas\r\nContent-Disposition: form-data; name="file"; filename={quoted}\r\n'
    return head.encode() + b"Content-Type: application/pdf\r\n\r\n" + pdf(1) + b"\r\n--batas--\r\n"


def send(client, case, name, way):
    return client.post(
        cast.url(case, "berkas/bukti_hak/"), data=body(name, way),
        content_type="multipart/form-data; boundary=batas",
    )  # fmt: skip


def judged(client, case, name, way, root):
    """Send a file of that name and return (1 if it was taken, what is wrong)."""
    DocumentVersion.objects.all().delete()
    answer = send(client, case, name, way)
    if answer.status_code not in (302, 400, 422):
        return 0, [f"{name!r}: {answer.status_code}"]
    version = DocumentVersion.objects.first()
    if version is None:
        return 0, []
    wrong, stored = [], Path(version.file.path).resolve()
    if stored.parent != root / "dalam" / "berkas" or not re.fullmatch(r"[\w-]+", stored.stem):
        wrong.append(f"{name!r}: lies at {stored}")
    download = client.get(f"/berkas/{version.pk}/")
    told = EmailMessage()
    told["Content-Disposition"] = download["Content-Disposition"]
    if download.status_code != 200 or not SAFE.fullmatch(told.get_filename() or ""):
        wrong.append(f"{name!r}: served as {told.get_filename()!r}")
    if any("\r" in text or "\n" in text for pair in download.items() for text in pair):
        wrong.append(f"{name!r}: header split")
    if len((told.get_filename() or "").encode()) > 255:
        wrong.append(f"{name!r}: longer than a file system takes")
    return 1, wrong


def look(client, case, root, names):
    taken, wrong = 0, []
    for number, name in enumerate(names):
        kept, found = judged(client, case, name, ("browser", "raw")[number % 2], root)
        taken, wrong = taken + kept, wrong + found
    outside = [path for path in root.iterdir() if path.name != "dalam"]
    figures = {"names": len(names), "taken": taken, "wrong": wrong, "outside": len(outside)}
    return write(f"names-{len(names)}", figures)


def test_no_name_gets_out_of_the_folder_or_into_a_header(client, mine, tmp_path):
    found = look(client, mine, tmp_path, NAMES[::9])
    assert found["wrong"] == [] and found["outside"] == 0
    assert found["taken"] > found["names"] * 0.6


@pytest.mark.panjang
def test_no_name_of_five_hundred_gets_out(client, mine, tmp_path):
    found = look(client, mine, tmp_path, NAMES)
    assert found["names"] == 500
    assert found["wrong"] == [] and found["outside"] == 0


def test_if_names_were_kept_as_sent_it_would_be_seen(client, mine, tmp_path, monkeypatch):
    """The control: without the cleaning of names the judge must complain."""
    monkeypatch.setattr(acceptance, "display_name", lambda raw, ending: raw or "kosong")
    assert len(look(client, mine, tmp_path, NAMES[::25])["wrong"]) > 3
