"""Forms to be signed by hand: their words, blank and filled in, and where a photo of one lands."""

import io
import json
import random
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import IdentityView
from applications import casework, clock, counter, hand_forms, requirements, slot_codes, sorting
from applications.models import Application, DocumentVersion
from documents import hand_forms as printing
from imbportal import uploads
from imbportal.daerah import registry
from tests.applications import applicant_cast as cast
from tests.applications import photos

ROOT = Path(__file__).parents[2]
FORMS = [(slug, form.code) for slug in registry.slugs() for form in registry.current(slug).blank]
QUICK = 5
"""One form in so many is printed in the ordinary suite."""
SOME = [
    form if not number % QUICK else pytest.param(*form, marks=pytest.mark.panjang)
    for number, form in enumerate(FORMS)
]
pytestmark = pytest.mark.usefixtures("demo")
SLOT = FORM = "persetujuan_pemilik"
OTHER = "sppl"


@pytest.fixture
def siti(db):
    return cast.person("Siti Aminah", "siti@contoh.test", "3528014507900001")


@pytest.fixture
def joko(db):
    return cast.person("Joko Susilo", "joko@contoh.test", "3528014507900002")


@pytest.fixture
def mine(client, siti):
    client.force_login(siti)
    return client


@pytest.fixture
def draft(siti):
    case = casework.create(siti, cast.DAERAH)
    answers = {"address": "Jl. Melati 4", "land_document": "SHM 123", "building_name": "Rumah"}
    return casework.save_answers(case, "izin", answers, by=siti)


def words(pdf):
    command = ["pdftotext", "-layout", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def text(response):
    return response.content.decode()


def sheet(case, slot=SLOT, code=FORM, age=0, seal=""):
    """Return the form of a slot as it is printed, so many days ago."""
    rule = case.rules.requirement_by_code(slot)
    form = next(form for form in case.rules.blanks_of(rule) if form.code == code)
    made = hand_forms.filled(case, rule, form, case.applicant)
    day = clock.today(case) - timedelta(days=age)
    return printing.pdf(replace(made, code=seal or slot_codes.write(case.pk, slot, day)))


def photo(pdf, seed=1, name="foto.jpg", **how):
    return photos.jpeg(photos.taken(photos.page(pdf), random.Random(seed), **how), name)


def as_file(pdf, name="pindaian.pdf"):
    return SimpleUploadedFile(name, pdf, "application/pdf")


def together(*pdfs):
    """Return the pages of several PDFs in one, as a scanner gives them."""
    out = io.BytesIO()
    with pikepdf.new() as whole:
        for pdf in pdfs:
            with pikepdf.open(io.BytesIO(pdf)) as part:
                whole.pages.extend(part.pages)
        whole.save(out)
    return as_file(out.getvalue())


def plain_page():
    return cast.pdf(1, "denah.pdf").read()


def lying(case):
    """Return where the files of a case lie: (slot, pages)."""
    rows = DocumentVersion.objects.filter(document__application=case).order_by("uploaded_at")
    return [(row.document.requirement, row.pages) for row in rows]


def sent(client, case, *files):
    return client.post(cast.url(case, "pilah/"), {"files": list(files)}, follow=True)


# -- Blank and filled in -------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("slug", registry.slugs())
def test_the_service_standard_leads_to_every_form(client, slug):
    page = text(client.get(f"/{slug}/"))
    for form in registry.current(slug).blank:
        assert f"/{slug}/blanko/{form.code}/pdf/" in page and form.title in page


@pytest.mark.parametrize(("slug", "code"), SOME)
def test_each_form_is_to_be_had_blank_and_filled_in_with_its_words(client, siti, slug, code):
    answer = client.get(f"/{slug}/blanko/{code}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    form = next(form for form in registry.current(slug).blank if form.code == code)
    assert f"/{slug}/blanko/{code}/pdf/" in text(client.get(f"/{slug}/blanko/{code}/"))
    case = casework.create(siti, slug)
    rules = registry.current(slug)
    rule = next((r for r in rules.requirement if code in r.blanks), counter.STATEMENT)
    filled = words(printing.pdf(hand_forms.filled(case, rule, form, siti)))
    for printed in (words(answer.content), filled):
        squeezed = printed.replace(" ", "").lower()
        labels = [line.label for part in form.parts for line in part.lines]
        for label in (form.title, *labels, *(one.title for one in form.hands), *form.acknowledged):
            assert label.replace(" ", "").lower() in squeezed
        assert ("Meterai" in printed) == any(signer.stamp for signer in form.hands)
    if any("{owner_name}" in words_ for words_ in form.texts()):
        assert siti.name in filled and siti.name not in words(answer.content)


def test_a_form_comes_filled_in_with_the_answers_and_the_applicant(mine, draft):
    page = text(mine.get(cast.url(draft, "berkas/")))
    url = cast.url(draft, f"formulir/{SLOT}/{FORM}/")
    assert url in page and "Unduh formulir yang sudah terisi" in page
    answer = mine.get(url)
    assert "no-store" in answer["Cache-Control"]
    printed = words(answer.content)
    for known in ("Siti Aminah", "3528014507900001", "Jl. Mawar 1", "Jl. Melati 4", "SHM 123"):
        assert known in printed
    assert IdentityView.objects.count() == 0


def test_its_code_tells_of_nobody_and_is_short(draft):
    code = slot_codes.write(draft.pk, SLOT, clock.today(draft))
    assert len(code) < 64 and "SITI" not in code and "3528" not in code
    read = slot_codes.read(code, draft.pk, [OTHER, SLOT], clock.today(draft))
    assert (read.kind, read.slot) == (slot_codes.OWN, SLOT)


def test_a_changed_code_is_nobodys(draft):
    code, day = slot_codes.write(draft.pk, SLOT, clock.today(draft)), clock.today(draft)
    for place in range(len(slot_codes.PREFIX), len(code) - 1):
        spoilt = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
        assert slot_codes.read(spoilt, draft.pk, [SLOT], day).kind == slot_codes.UNKNOWN
    assert slot_codes.read("FORMULIR:", draft.pk, [SLOT], day).kind == slot_codes.UNKNOWN
    assert slot_codes.read("HTTPS://X", draft.pk, [SLOT], day) is None


def test_an_officer_of_the_counter_prints_it_and_his_look_at_the_nik_is_kept(siti, draft):
    Application.objects.filter(pk=draft.pk).update(filed_by=siti)
    officer = cast.officer("petugas")
    rule = draft.rules.requirement_by_code(SLOT)
    [form] = draft.rules.blanks_of(rule)
    case = Application.objects.get(pk=draft.pk)
    assert "3528014507900001" in words(printing.pdf(hand_forms.filled(case, rule, form, officer)))
    assert IdentityView.objects.get().what == "nik"


def test_the_counter_gives_the_application_itself_to_be_signed(siti):
    Application.objects.filter(pk=casework.create(siti, "sleman").pk).update(filed_by=siti)
    case = Application.objects.get()
    slot = next(one for one in requirements.due(case) if one.code == "loket_pernyataan")
    whole, land = case.rules.blanks_of(slot.requirement)
    assert land.title == "Surat Permohonan IPPT Non Usaha"
    printed = words(printing.pdf(hand_forms.filled(case, slot.requirement, whole, siti)))
    assert "SURAT PERMOHONAN IMB" in printed and "Siti Aminah" in printed
    assert "data kepemilikan tanah dan bangunan yang saya isi benar" in printed


def test_a_stranger_gets_no_form_and_sorts_nothing(client, draft, joko):
    client.force_login(joko)
    for page in (f"formulir/{SLOT}/{FORM}/", "pilah/"):
        assert client.get(cast.url(draft, page)).status_code == 404
    assert sent(client, draft, photo(sheet(draft))).status_code == 404
    assert lying(draft) == []


def test_a_form_of_another_document_is_not_given(mine, draft):
    assert mine.get(cast.url(draft, f"formulir/{SLOT}/{OTHER}/")).status_code == 404
    assert mine.get(cast.url(draft, f"formulir/tidak_ada/{FORM}/")).status_code == 404
    assert mine.get("/contoh/blanko/tidak_ada/pdf/").status_code == 404


# -- Photos find their slot ----------------------------------------------------------------
def test_photos_sent_together_find_their_slots_by_their_codes(mine, draft):
    pictures = photo(sheet(draft), 1, "a.jpg"), photo(sheet(draft, OTHER, OTHER), 2, "b.jpg")
    page = text(sent(mine, draft, *pictures))
    assert sorted(lying(draft)) == [(SLOT, 1), (OTHER, 1)]
    assert "a.jpg masuk ke Surat persetujuan pemilik tanah" in page


def test_a_scan_of_many_forms_is_taken_apart_and_two_photos_of_one_become_one_file(mine, draft):
    own, other = sheet(draft), sheet(draft, OTHER, OTHER)
    sent(mine, draft, together(own, plain_page(), other), photo(own, 3))
    assert sorted(lying(draft)) == [(SLOT, 2), (requirements.HELD, 1), (OTHER, 1)]


def test_what_has_no_code_waits_until_its_applicant_says_where_it_belongs(mine, siti, draft):
    page = text(sent(mine, draft, cast.pdf(1, "denah.pdf")))
    assert "1 berkas menunggu dipilah" in page and "denah.pdf" in page
    [version] = sorting.held(draft)
    assert "Pilah dahulu" in text(mine.get(cast.url(draft, "kirim/")))
    where = cast.url(draft, f"pilah/{version.pk}/")
    assert mine.post(where, {"untuk": ""}).status_code == 422
    assert mine.post(where, {"untuk": "tidak_ada"}).status_code == 422
    for _ in range(2):
        mine.post(where, {"untuk": "bukti_hak"})
    assert lying(draft) == [("bukti_hak", 1)] and sorting.held(draft) == []
    assert mine.post(where, {"untuk": OTHER}).status_code == 409


def test_a_file_that_waits_can_be_thrown_away_with_its_bytes(mine, draft):
    sent(mine, draft, cast.pdf(1, "denah.pdf"))
    [version] = sorting.held(draft)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda call, *a, **k: call())
        for _ in range(2):
            mine.post(cast.url(draft, f"pilah/{version.pk}/"), {"buang": "1"})
    assert lying(draft) == [] and not version.file.storage.exists(version.file.name)


def test_what_waits_is_seen_by_its_applicant_alone(mine, draft):
    sent(mine, draft, cast.pdf(1, "denah.pdf"))
    [version] = sorting.held(draft)
    assert mine.get(f"/berkas/{version.pk}/").status_code == 200
    Application.objects.filter(pk=draft.pk).update(state="SUBMITTED", track="rumah_kecil")
    mine.force_login(cast.officer("petugas"))
    assert mine.get(f"/berkas/{version.pk}/").status_code == 404


def test_a_form_at_another_slot_is_pointed_out_before_it_is_kept(mine, draft):
    url = cast.url(draft, "berkas/bukti_hak/")
    answer = mine.post(url, {"file": photo(sheet(draft))}, follow=True)
    page = text(answer)
    assert "formulir untuk Surat persetujuan pemilik tanah" in page and "Belum kami simpan" in page
    assert f'value="{SLOT}" selected' in page and lying(draft) == [(requirements.HELD, 1)]
    script = mine.post(url, {"file": photo(sheet(draft))}, headers={"X-Kirim": "1"}).json()
    assert script["tersimpan"] is False and "/pilah/" in script["lanjut"]
    assert lying(draft) == [(requirements.HELD, 1)]


def test_a_form_at_its_own_slot_is_simply_kept(mine, draft):
    mine.post(cast.url(draft, f"berkas/{SLOT}/"), {"file": photo(sheet(draft))})
    assert lying(draft) == [(SLOT, 1)]


def test_a_form_of_another_case_is_refused_in_plain_words(mine, siti, joko, draft):
    strange = photo(sheet(casework.create(joko, cast.DAERAH)))
    answer = sent(mine, draft, strange)
    assert answer.status_code == 422 and "dicetak untuk permohonan lain" in text(answer)
    strange.seek(0)
    answer = mine.post(cast.url(draft, f"berkas/{SLOT}/"), {"file": strange})
    assert answer.status_code == 422 and "dicetak untuk permohonan lain" in text(answer)
    assert lying(draft) == []


def test_an_old_form_and_one_whose_seal_is_not_ours_are_asked_for(mine, draft):
    good = slot_codes.write(draft.pk, SLOT, clock.today(draft))
    old, forged = sheet(draft, age=slot_codes.LIFE + 1), sheet(draft, seal=good[:-4] + "AAAA")
    sent(mine, draft, photo(old), photo(forged, 2, "b.jpg"))
    assert lying(draft) == [(requirements.HELD, 1)] * 2
    sent(mine, draft, photo(sheet(draft, age=slot_codes.LIFE)))
    assert lying(draft)[2:] == [(SLOT, 1)]


def test_when_too_many_wait_the_next_is_refused_and_the_rest_stays(mine, draft, monkeypatch):
    monkeypatch.setattr(sorting, "MOST", 1)
    page = text(sent(mine, draft, cast.pdf(1, "denah.pdf"), cast.pdf(2, "potongan.pdf")))
    assert "potongan.pdf: Sudah 1 berkas menunggu" in page
    assert lying(draft) == [(requirements.HELD, 1)]


def test_what_comes_after_the_time_for_looking_is_asked_for(mine, draft, monkeypatch):
    monkeypatch.setattr(sorting, "LOOKING", 0)
    sent(mine, draft, photo(sheet(draft)))
    assert lying(draft) == [(requirements.HELD, 1)]


def test_nothing_chosen_and_what_is_no_document_is_said_on_the_page(mine, draft):
    assert sent(mine, draft).status_code == 422
    answer = sent(mine, draft, SimpleUploadedFile("a.pdf", b"bukan pdf", "application/pdf"))
    assert answer.status_code == 422 and "a.pdf: Jenis berkas ini tidak diterima" in text(answer)


def test_more_files_than_are_taken_at_once_are_told_and_what_was_there_stays(mine, draft, settings):
    sent(mine, draft, cast.pdf(1, "denah.pdf"))
    files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF", "application/pdf") for n in range(11)]
    answer = sent(mine, draft, *files)
    assert answer.status_code == 422 and "11 berkas ini belum tersimpan" in text(answer)
    assert "paling banyak 10 berkas" in text(answer) and "denah.pdf" in text(answer)
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 10
    answer = sent(mine, draft, *files)
    assert answer.status_code == 400 and "lebih dari 10 berkas" in text(answer)
    assert len(lying(draft)) == 1


def test_a_case_that_was_sent_sorts_nothing(mine, draft):
    Application.objects.filter(pk=draft.pk).update(state="SUBMITTED", track="rumah_kecil")
    assert sent(mine, draft, cast.pdf()).status_code == 409
    assert "sudah dikirim" in text(mine.get(cast.url(draft, "pilah/")))


# -- Figures -------------------------------------------------------------------------------
COUNTS = [6, pytest.param(50, marks=pytest.mark.panjang)]


@pytest.mark.parametrize("count", COUNTS)
def test_codes_on_photos_are_read(draft, count):
    """Turned by 3 degrees, tilted by up to 6 %, 900 to 2400 pixels wide, JPEG of quality 60."""
    page, wanted, read = photos.page(sheet(draft)), slot_codes.PREFIX, 0
    for seed in range(count):
        width = (900, 1200, 1600, 2000, 2400)[seed % 5]
        picture = photos.taken(page, random.Random(seed), width=width)
        found = uploads.accept(photos.jpeg(picture), with_codes=1).codes
        read += any(code.startswith(wanted) for codes in found.values() for code in codes)
    line = json.dumps({"photos": count, "read": read, "share": read / count})
    print(line)  # noqa: T201
    (ROOT / "reports").mkdir(exist_ok=True)
    (ROOT / "reports" / f"qr-{count}.json").write_text(line + "\n")
    assert read >= count * 0.98
