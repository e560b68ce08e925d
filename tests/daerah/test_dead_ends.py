"""A file on which a case would stop, or a page break, is refused with file and key."""

import pytest
from django.core.checks import run_checks
from refusals import refused
from sixth_daerah import FILE, SLUG

from applications.models import Application
from imbportal.daerah import lint, loader, registry
from imbportal.daerah.vocabulary import COLUMN_FACTS, COLUMN_MOST, COLUMN_WIDTH

MODEL = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")
LAKE = FILE.read_text(encoding="utf-8")
LONG = "x" * 41
ASKED_LATE = """
[[fact]]
code = "late"
type = "boolean"
label = "Ditanya kemudian"
section = "bangunan"
contoh = true
note = "Contoh"
"""


def without(text, *heads):
    """Leave out whole blocks: from a line that begins so to the next empty line."""
    blocks = text.split("\n\n")
    for head in heads:
        blocks = [block for block in blocks if not block.startswith(head)]
    return "\n\n".join(blocks)


def says(text, key, problem, name):
    lines = text.splitlines()
    return any(line.startswith(f"{name}: {key}: ") and problem in line for line in lines)


MODEL_REFUSALS = [
    # what stands there, what is put in its place, key, problem
    ("slug = \"contoh\"", f'slug = "{LONG}"', "slug", "at most 40"),
    ('region_code = "51.03"', 'region_code = "51.99"', "region_code", "no kabupaten"),
    ('phone = "(0361) 000000"', 'phone = "0361-000000 / 111111"', "office.phone", "one number"),
    ('email = "dpmptsp@contoh.invalid"', 'email = "dpmptsp"', "office.email", "one address"),
    ('place = "Contoh"', 'place = "Contoh"\npostcode = "8035"', "office.postcode", "five digits"),
    ('place = "Contoh"', 'place = "Contoh"\nwebsite = "situs"', "office.website", "one address"),
    ("[role]\n", '[role]\nadmin = { title = "Admin", unit = "dinas" }\n', "role.admin", "already"),
    ('title = "Bendahara Penerimaan"', f'title = "{"B" * 121}"', "role.bendahara.title", "120"),
    ("Lembar ini tidak terbaca.", "L" * 500, "phrases[0]", "at most 500"),
    ('"{n4}/TT/{year}"', f'"{{n4}}/{"T" * 70}/{{year}}"', "paper.tanda_terima.pattern", "80"),
    ('value = "badan_usaha"', 'value = "badan_usaha_milik_desa"', "fact[12].choices", "20 letters"),
    ('unit = "m"\nmin = 2\nmax = 300', 'unit = "m"\nmin = 20000', "fact[16].min", "no answer fits"),
    ('unit = "lantai"\nmin = 1', 'unit = "lantai"\nmin = -1', "fact[9].min", "never below 0"),
    ('type = "text"\nlabel = "Alamat', 'type = "text"\nmin = 5\nlabel = "Alamat',
     "fact[2].min", "has no min"),
    ('code = "kecamatan"\n', 'code = "distrik"\n', "fact[0].choices", "must be given"),
    ('code = "kecamatan"\n', 'code = "kecamatan"\nrequired = false\n',
     "paper.permohonan.pattern", "of everybody"),
    ("when = { basement_floors__gte = 1 }", "when = { basement_area__gt = 0 }",
     "fact[15].when", "its own answer"),
    ("when = { land_owned = false }", "when = { business_area__gt = 5 }",
     "requirement[1].when", "business_area is not always asked"),
    ("when = { land_owned = false }", "when = { land_right__in = [] }",
     "requirement[1].when", "the list is empty"),
    ("when = { land_owned = false }", 'when = { kecamatan = "520101" }',
     "requirement[1].when", 'never "520101"'),
    ('when = { function = "keagamaan" }', "when = { septic_tank = true }",
     "track.keagamaan.when", "asked after the KRK"),
    ('when = { land_owned = false }', 'when = { height__gt = 9 }\ndue = "request_krk"',
     "requirement[1].when", "asked after the KRK"),
    ('checked_at = "ASSESSMENT"', 'checked_at = "READY"', "requirement[5].checked_at", "verdict"),
    (', issue = ["krk"], needs = ["krk"]', "", "track.pbg.stage.KRK_REQUESTED", "record krk"),
    ('needs = ["pendataan"]', "needs = []", "track.pbg.stage.FEE", "pendataan"),
    ('needs = ["pendataan"]', 'needs = ["pendataan", "serah_terima"]',
     "stage.RECORDING[0].needs", "before ISSUED"),
    ('[on.issue_skrd]\nissue = ["skrd"]', "", "track.pbg.on.issue_skrd", "no skrd is issued"),
    ('[on.submit]\n', '[on.submit]\nrole = "kasi"\n', "on.submit.role", "only submit_payment"),
    ('issue = ["tanda_terima"]', 'issue = ["skrd"]', "on.submit.issue", "by issue_skrd alone"),
    ('papers = ["skrd"], deadline', 'papers = ["skrd"], issue = ["skrd"], deadline',
     "stage.FEE[0].issue", "issues the bill"),
    ('label = "Siapkan PBG"', 'issue = ["krk"], label = "Siapkan PBG"',
     "stage.PERMIT_SIGNING[0].issue", "KRK_REQUESTED"),
    ('issue = ["serah_terima"]', 'issue = ["serah_terima", "izin"]',
     "track.pbg.stage.READY[0].issue", "two numbers"),
    ('done = "Surat penolakan diparaf", papers = ["penolakan"]',
     'done = "Surat penolakan diparaf", papers = ["penolakan", "izin"]',
     "track.pbg.stage.REJECTION_SIGNING[1].papers", "never comes here"),
    ('act = "disposisi"', 'act = "paraf", papers = ["penolakan"]',
     "track.pbg.stage.SUBMITTED[1].papers", "signed by REJECTION_SIGNING"),
    ('act = "serah", label', 'act = "paraf", papers = ["izin"], label',
     "track.pbg.stage.READY[0].papers", "signed by PERMIT_SIGNING"),
    ('act = "disposisi"', 'act = "nomor", issue = ["izin"]',
     "track.pbg.stage.SUBMITTED[1].issue", "before it is signed"),
    ('cite = "Contoh", contoh = true } },\n]\nASSESSMENT',
     'start = "submit", cite = "Contoh", contoh = true } },\n]\nASSESSMENT',
     "stage.RECORDING[0].deadline", "no start"),
    ("deadline = { amount = 2,", "deadline = { amount = 0,",
     "stage.RECORDING[0].deadline.amount", "greater than 0"),
    ('needs = ["pendataan"]', 'needs = ["pendataan"], papers = ["skrd"]',
     "stage.RECORDING[0].papers", "lies ready at FEE"),
    ("\nFEE = []\nSKRD_SIGNING = []", "", "track.keagamaan.fee", "leave its stage out"),
    ('issue = ["kode_ambil"]', 'issue = ["izin"]', "on.update_building.issue", "a link alone"),
    ('issue = ["kode_ambil"]', 'issue = ["krk"]', "on.update_building.issue", "issue_krk alone"),
    ('issue = ["kode_ambil"]', 'issue = ["ssrd"]', "on.update_building.issue",
     "[on.confirm_payment] alone"),
    ('issue = ["serah_terima"]', 'issue = ["serah_terima", "pembatalan_skrd"]',
     "stage.READY[0].issue", "[on.void_skrd] alone"),
    ('issue = ["serah_terima"]', 'issue = ["serah_terima", "izin"]', "track.pbg", "two numbers"),
    ("deadline = { amount = 2,", "deadline = { amount = 3651,",
     "stage.RECORDING[0].deadline.amount", "3651 is not between 1 and 3650"),
    ("due_days = 30", "due_days = 40000", "tariff[0].due_days", "not between"),
    ("steps = [6], role", "steps = [-6], role", "stage.RECORDING[0].steps", "-6 is not between"),
    ("value = 25200", "value = -1", "tariff[0].prasarana.pagar.value", "below 0"),
    ("[tariff.kode_rekening]", '[tariff.keringanan.veteran]\nvalue = 101\ncite = "Contoh"\n\n'
     "[tariff.kode_rekening]", "tariff[0].keringanan.veteran.value", "more than the whole"),
    ('code = "well_note"', 'code = "version"', "fact[23].code", "a meaning of its own"),
    ('code = "well_note"', 'code = "well__note"', "fact[23].code", "a meaning of its own"),
    ('code = "data_benar"', 'code = "version"', "statement[1].code", "a meaning of its own"),
    ("counts_cuti_bersama = false\n", "", "counts_cuti_bersama", "missing"),
    ('berlaku = 2021-02-02', 'berlaku = "kemarin"', "tariff[0].berlaku", "date"),
    ('act = "disposisi"', 'continues = true, act = "disposisi"',
     "track.pbg.stage.SUBMITTED[1].continues", "no deadline that could go on"),
    ("deadline = { amount = 2,", "continues = true, deadline = { amount = 2,",
     "track.pbg.stage.RECORDING[0].continues", "a deadline of its own"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "problem"), MODEL_REFUSALS)
def test_a_file_on_which_a_case_would_stop_is_refused(old, new, key, problem):
    assert old in MODEL
    lines = refused(MODEL.replace(old, new), "contoh.toml")
    assert says(lines, key, problem, "contoh.toml"), lines


LAKE_REFUSALS = [
    ("begins_on__gte = 2027-01-01", 'begins_on__gte = "2027"', "requirement[5].when", "date"),
    ("begins_on__gte = 2027-01-01", "begins_on__gte = 2027-01-01T08:00:00",
     "requirement[5].when", "date"),
    ("{ over_water = true, water_depth__gt = 2.5 }", "{ water_depth__gt = 2.5 }",
     "requirement[4].when", "water_depth is not always asked"),
    ("{ over_water = true, water_depth__gt = 2.5 }",
     "[{ over_water = false }, { water_depth__gt = 2.5 }]", None, None),
    ("{ over_water = true, water_depth__gt = 2.5 }",
     "[{ floors = 1 }, { water_depth__gt = 2.5 }]", "requirement[4].when", "not always asked"),
    ("{ over_water = true, not = {", "{ water_depth__lt = 9, not = {",
     "track.panggung.when", "water_depth is not always asked"),
    ('act = "dengar"', 'act = "simak"', "track.panggung.stage.ASSESSMENT[1].act", "Input should"),
    ('needs = ["dengar_pendapat"]', 'needs = ["rapat"]',
     "track.panggung.stage.ASSESSMENT[1].needs", 'unknown record "rapat"'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "problem"), LAKE_REFUSALS)
def test_conditions_must_be_decided_by_what_is_asked(old, new, key, problem):
    assert old in LAKE
    text, name = LAKE.replace(old, new), f"{SLUG}.toml"
    if key is None:
        assert loader.load(text, name)
    else:
        assert says(refused(text, name), key, problem, name)


def test_a_village_without_its_kecamatan_is_refused():
    text = without(LAKE, '[[fact]]\ncode = "kecamatan"')
    lines = refused(text, f"{SLUG}.toml")
    assert says(lines, "fact", "village is chosen by its kecamatan", f"{SLUG}.toml")
    assert says(lines, "paper.permohonan.pattern", "takes {kecamatan}", f"{SLUG}.toml")


def test_a_kecamatan_asked_after_the_krk_is_refused():
    text = MODEL.replace('label = "Kecamatan"\nsection = "lokasi"',
                         'label = "Kecamatan"\nsection = "bangunan"')  # fmt: skip
    lines = refused(text, "contoh.toml")
    assert says(lines, "fact", "no later", "contoh.toml")
    assert says(lines, "paper.permohonan.pattern", "form of the KRK", "contoh.toml")


def test_questions_that_wait_for_each_other_are_refused():
    text = MODEL.replace('[[fact]]\ncode = "building_name"',
                         f'{ASKED_LATE}when = {{ septic_tank = true }}\n\n'
                         '[[fact]]\ncode = "building_name"')  # fmt: skip
    text = text.replace('label = "Apakah ada tangki septik?"',
                        'label = "Apakah ada tangki septik?"\nwhen = { late = true }')  # fmt: skip
    assert says(refused(text, "contoh.toml"), "fact[11].when", "late depends on its own answer",
                "contoh.toml")  # fmt: skip


def test_the_limits_of_the_columns_are_those_of_the_table():
    for code, width in COLUMN_WIDTH.items():
        assert Application._meta.get_field(code).max_length == width
    for code, most in COLUMN_MOST.items():
        field = Application._meta.get_field(code)
        if COLUMN_FACTS[code] == "integer":
            assert most in [validator.limit_value for validator in field.validators]
        else:
            assert len(str(most).replace(".", "")) == field.max_digits


# -- What the system checks add ----------------------------------------------------------------
@pytest.fixture
def only(tmp_path, monkeypatch):
    """Return a function that lets a text be the only file, and gives what the checks say."""
    monkeypatch.setattr(registry, "FOLDER", tmp_path)

    def checked(text, slug=SLUG):
        (tmp_path / f"{slug}.toml").write_text(text, encoding="utf-8")
        registry.forget()
        return [(message.id, message.msg) for message in run_checks(tags=["daerah"])]

    yield checked
    registry.forget()


def test_a_paper_that_the_portal_cannot_write_is_reported(only):
    text = LAKE.replace("[paper.kode_ambil]", "[paper.piagam]").replace(
        '["kode_ambil"]', '["piagam"]'
    )
    ((number, words),) = only(text)
    assert number == "applications.E001"
    assert words.startswith(
        'danau_biru.toml: on.update_building.issue: the portal writes no "piagam"'
    )


def test_a_formula_without_its_table_is_reported(only):
    ((number, words),) = only(
        LAKE.replace("[tariff.index.kegiatan.baru]", "[tariff.index.kerja.baru]")
    )
    assert (number, words) == (
        "daerah.E002",
        "danau_biru.toml: tariff[0].index.kegiatan: missing: the formula datar needs it",
    )


@pytest.mark.parametrize("slug", ["pesan", "admin", "lacak", "verifikasi", "permohonan"])
def test_a_slug_that_a_page_of_the_portal_hides_is_reported(only, slug):
    assert ("daerah.E005", f"{slug}.toml: slug: a page of the portal has this address") in only(
        LAKE.replace(SLUG, slug), slug
    )


def test_a_folder_without_a_file_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    registry.forget()
    try:
        assert [message.id for message in lint.files_load(None)] == ["daerah.E004"]
    finally:
        registry.forget()


def test_a_file_in_another_encoding_is_named(only, tmp_path):
    assert only(f"\ufeff{LAKE}") == [], "the mark that Windows puts first is no part of the file"
    (tmp_path / "antah.toml").write_bytes(
        LAKE.replace("Biru", "Bir\xfc").encode("latin-1", "replace")
    )
    registry.forget()
    ((number, words),) = [(message.id, message.msg) for message in lint.files_load(None)]
    assert number == "daerah.E001" and words.startswith("antah.toml: not written in UTF-8")


def test_an_old_version_that_would_be_refused_today_is_still_read():
    text = MODEL.replace('phone = "(0361) 000000"', 'phone = "0361-000000 / 111111"')
    assert loader.parse(text, "contoh.toml").office.phone == "0361-000000 / 111111"
