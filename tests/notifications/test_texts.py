import re

import pytest
from django.conf import settings
from django.template import Context, engines

from notifications import texts
from tests.notifications.words import LONG, STEP

NAMES = sorted(p.name for p in (settings.BASE_DIR / "templates" / "pesan").glob("*.txt"))


@pytest.mark.parametrize("name", [n.removesuffix(".sms.txt") for n in NAMES if "sms" in n])
def test_an_sms_fits_into_one(name, settings):
    settings.SITE_URL = "https://perizinan.kabupaten-contoh.go.id"
    text = texts.render(name, "sms", LONG).body
    assert len(text) <= 160 and text.isascii() and "\n" not in text


@pytest.mark.parametrize("name", [n.removesuffix(".txt") for n in NAMES if "sms" not in n])
@pytest.mark.parametrize("context", [LONG, {}], ids=["full", "bare"])
def test_every_text_reads_whole(name, context):
    text = texts.render(name, "email", context)
    assert text.subject and "\n" not in text.subject and len(text.subject) <= 200
    assert not re.search(r"[{}]|\bNone\b|\n\n\n", text.body)


def test_a_step_says_what_happened_what_to_do_by_when_and_where():
    text = texts.render("langkah", "email", STEP, "/permohonan/7/")
    for part in (*STEP.values(), f"{settings.SITE_URL}/permohonan/7/"):
        assert part in f"{text.subject}\n{text.body}"


def test_an_sms_keeps_a_short_code_and_shortens_the_rest():
    short = texts.render("langkah", "sms", STEP | {"detail": "Kode pengambilan: 70312"}).body
    long = texts.render("langkah", "sms", LONG | {"number": STEP["number"]}).body
    assert "70312" in short
    assert "tampak" not in long and "Jawab setiap catatan" in long and "20 November" in long


def test_the_address_of_a_questionnaire_is_never_cut():
    assert LONG["page"] in texts.render("survei", "sms", LONG).body


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r", "\x85", "\u2028", "\x00", "\u202e"])
def test_no_name_adds_a_header_or_a_line(line):
    evil = f"Dokumen{line}Bcc: korban@contoh.test"
    text = texts.render("langkah", "email", STEP | {"headline": evil})
    assert line not in text.subject and "korban@contoh.test" in text.subject


def test_plain_text_is_not_escaped_and_never_a_template():
    text = texts.render("langkah", "email", STEP | {"place": "Toko <A&B> {{ code }}"})
    assert "Toko <A&B> {{ code }}" in text.body


def test_the_inbox_page_escapes_what_a_text_leaves_plain():
    template = engines["django"].engine.get_template("notifications/letter.html")
    message = {"pk": "3f0e7e4e-6f5c-4a5e-9d51-8f0f6d7f0a11", "body": "<script>alert(1)</script>"}
    page = template.render(Context({"message": message}))
    assert "<script>" not in page and "&lt;script&gt;" in page
