"""Every file loads; a broken one is refused, naming file and key."""

import re

import pytest
from pydantic import ValidationError
from refusals import refused

from imbportal.daerah import loader, registry, tables

TEXT = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")
FEE_DAY = '[fee_day]\nby = "penetapan"\ncite = "Kebijakan portal"'
TARIFF_TAIL = 'due_days = 30\ndue_cite = "Contoh"'


def without_stage(gate):
    return re.sub(rf"^{gate} = \[\n.*?^\]\n", "", TEXT, count=1, flags=re.M | re.S)


def second_tariff(first_ends, second_begins, *, name="contoh_2030", later_first=False):
    """Return the file with its tariff ended and a copy that begins later."""
    block = TEXT[TEXT.index("\n[[tariff]]") : TEXT.index("[complaint]")]
    later = block.replace("contoh_2021", name).replace("2021-02-02", second_begins)
    ended = block.replace("berlaku = 2021-02-02", f"berlaku = 2021-02-02\n{first_ends}")
    return TEXT.replace(block, later + ended if later_first else ended + later)


@pytest.mark.parametrize("slug", registry.slugs())
def test_every_daerah_loads(slug):
    assert registry.current(slug).slug == slug


REFUSALS = [
    # what stands there, what is put in its place, key, problem
    ('slug = "contoh"', 'slug = "lain"', "slug", "file's name"),
    ('place = "Contoh"', 'palce = "Contoh"', "office.palce", "unknown key"),
    ('time = "28 hari kerja"\ncite = "PP 16/2021"', "", "service.cite", "missing"),
    ('role = "bendahara"', 'role = "bendahra"', "stage.PAYMENT_REVIEW[0].role", '"bendahra"'),
    ('head = "kepala"', 'head = "ketua"', "head", 'unknown role "ketua"'),
    (', unit = "teknis" }', ', unit = "tekno" }', "role.tim_teknis.unit", '"tekno"'),
    ('keep = ["tanda_terima"]', 'keep = ["tanda"]', "keep[0]", 'unknown paper "tanda"'),
    ('needs = ["pendataan"]', 'needs = ["data"]', "stage.RECORDING[0].needs", '"data"'),
    ('act = "disposisi"', 'act = "tanda"', "stage.SUBMITTED[1].act", "Input should be"),
    ('"{n4}/TT/{year}"', '"{n4}/{tahun}"', "paper.tanda_terima.pattern", "{tahun}"),
    ('"{n4}/TT/{year}"', '"TT/{year}"', "paper.tanda_terima.pattern", "needs {n}"),
    ('"{n4}/TT/{year}"', '"{n4}/TT"', "paper.tanda_terima.pattern", "every year"),
    ('"SK-PBG-{kecamatan}-', '"SK-PBG-', "paper.izin.pattern", "{kecamatan}"),
    ("[paper.permohonan]", "[paper.berkas]", "paper.permohonan", "missing"),
    ("[paper.kode_ambil]", "[paper.kode]", "on.update_building.issue", '"kode_ambil"'),
    ("[on.withdraw]", "[on.wihtdraw]", "on.wihtdraw", "unknown move"),
    ('stop = "issue_permit"', 'stop = "done"', "total[0].stop", "unknown move"),
    ('section = "air"', 'section = "api"', "fact[20].section", "unknown section"),
    ('"floors"\ntype = "integer"', '"floors"\ntype = "text"', "fact[9].type", "integer"),
    ('code = "village"', 'code = "address"', "fact", 'code "address" stands 2 times'),
    ('value = "usaha_umkm"', 'value = "usaha"', "fact[8].choices", "2 times"),
    ("floors__gte = 2", "floor__gte = 2", "requirement[7].when", 'unknown fact "floor"'),
    ("floors__gte = 2", "floors__ge = 2", "requirement[7].when", 'unknown look-up "ge"'),
    ("floors__gte = 2", 'floors__gte = "dua"', "requirement[7].when", "integer"),
    ("floors__gte = 2", "floors__in = 2", "requirement[7].when", "list"),
    ("floors__gte = 2", "well_note = 'a'", "requirement[7].when", "optional"),
    ("floors__gte = 2", "land_owned__gt = false", "requirement[7].when", "no order"),
    ('{ function = "keagamaan" }', '{ function = "agama" }', "track.keagamaan.when", '"agama"'),
    ('{ function = "keagamaan" }', "{ applicant_kind = 'pt' }", "track.keagamaan.when", '"pt"'),
    ('when = { function = "keagamaan" }', "when = {}", "track.keagamaan.when", "empty"),
    ('{ not = { function = "khusus" } }', '{ not = "khusus" }', "track.pbg.when", "a table"),
    ('"{n4}/TT/{year}"', '"{n4}/TT/{year:4}"', "paper.tanda_terima.pattern", "brace"),
    ('when = { function = "keagamaan" }', "", "track.keagamaan.when", "ever reached"),
    ('value = "septic_tank"', 'value = "tank"', "check[7].value", 'boolean fact "tank"'),
    ('limit = "krk.kdb_max"', 'limit = "krk.kdb"', "check[0].limit", "figure of the KRK"),
    ("amount = 1.5", "", "check[6].step", "per step"),
    ("fee = false\n", "", "track.keagamaan.stage.FEE", "can do without"),
    ("SKRD_SIGNING = []", "", "track.keagamaan.stage.SKRD_SIGNING", "lacking too"),
    (', duty = "verifikasi"', "", "track.pbg", 'nobody holds the duty "verifikasi"'),
    (', duty = "teknis"', "", "track.pbg", '"teknis"'),
    (', duty = "bayar"', "", "track.pbg", '"bayar"'),
    (', duty = "keputusan"', "", "stage.PERMIT_SIGNING[3].duty", "holds keputusan"),
    ('papers = ["skrd"] },\n  {', 'papers = ["skrd"], duty = "keputusan" },\n  {',
     "stage.SKRD_SIGNING[0].duty", "belongs to the signature"),
    ("[track.di_luar_layanan]", "[track.selesai]", "track", "must be di_luar_layanan"),
    ('refuse = "PBG', 'note = "PBG', "track.di_luar_layanan.refuse", "missing"),
    ('note = "Tanpa KRK"', 'refuse = "Tidak"', "track.rumah_kecil.refuse", "only di_luar_layanan"),
    ("total = 499770", "jumlah = 499770", "example[0]", "cite, input and total"),
    ('code = "jaminan_pelayanan"', 'code = "maklumat"', "component[0].code", "fourteen"),
    (TARIFF_TAIL, "due_days = 30", "tariff[0].due_cite", "missing"),
    ('by = "penetapan"', 'by = "kapan_saja"', "fee_day.by", "Input should be"),
    (FEE_DAY, '[fee_day]\nby = "penetapan"', "fee_day.cite", "missing"),
    (FEE_DAY, "", "fee_day", "missing: say which day decides"),
    (FEE_DAY, FEE_DAY + "\ncontoh = true", "fee_day.note", "a sample says so"),
    (TARIFF_TAIL, TARIFF_TAIL + '\ndue_roll = "hari_kerja_berikutnya"',
     "tariff[0].due_roll_cite", "missing"),
    (TARIFF_TAIL, TARIFF_TAIL + '\ndue_roll = "besok"', "tariff[0].due_roll", "Input should be"),
    ("days = [7, 1]", "days = [30, 1]", "tariff[0].remind.days", "30 is not before"),
    ("[tariff.figure.ilo]", "[tariff.figure.il]", "tariff[0].figure.ilo", "pp16 needs it"),
    ('formula = "pp16"', 'formula = "pp17"', "tariff[0].formula", "Input should be"),
    ('pattern = "{n4}/REKOM/{roman_month}/{year}"\nsigned_by = "tim_teknis"',
     'pattern = "{n4}/REKOM/{roman_month}/{year}"', "paper.persetujuan.signed_by", "is signed"),
    ('"{n4}/TT/{year}"', '"{n4}/TT/{year}"\ntrack_basis = { x = ["UU"] }',
     "paper.tanda_terima.track_basis", 'unknown track "x"'),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "problem"), REFUSALS)
def test_a_broken_file_is_refused_with_file_and_key(old, new, key, problem):
    assert old in TEXT
    lines = refused(TEXT.replace(old, new)).splitlines()
    assert any(line.startswith(f"contoh.toml: {key}: ") and problem in line for line in lines)


@pytest.mark.parametrize(
    "gate", ["SUBMITTED", "ASSESSMENT", "FEE", "PAYMENT_REVIEW", "REJECTION_SIGNING", "READY"]
)
def test_a_missing_gate_is_refused(gate):
    assert f"contoh.toml: track.pbg.stage.{gate}: missing" in refused(without_stage(gate))


@pytest.mark.parametrize("gate", ["KRK_REQUESTED", "RECORDING", "SKRD_SIGNING"])
def test_a_gate_that_may_be_missing_may(gate):
    text = without_stage(gate)
    if gate == "RECORDING":  # then the record is written where the fee is calculated
        assert "track.pbg.stage.FEE: no link needs pendataan" in refused(text)
        text = text.replace(
            'label = "Hitung retribusi', 'needs = ["pendataan"], label = "Hitung retribusi'
        )
    loader.load(text, "contoh.toml")


def test_a_file_without_tracks_is_refused():
    head, tail = TEXT.index("\n[track.keagamaan]"), TEXT.index("\n[paper.permohonan]")
    text = TEXT[:head].replace("[unit]", "[track]\n\n[unit]") + TEXT[tail:]
    assert "contoh.toml: track: the last must be di_luar_layanan" in refused(text)


def test_toml_that_cannot_be_read_names_the_file():
    assert refused("slug = ").startswith("contoh.toml: not valid TOML")


OVERLAP = "contoh_2021 (2021-02-02 {}) and contoh_2030 (2030-01-01 on) overlap: give contoh_2021 "
PERIODS = [
    # end of the first, begin of the second, key, problem
    ("", "2030-01-01", "sampai", OVERLAP.format("on") + "sampai = 2029-12-31"),
    ("sampai = 2030-01-01", "2030-01-01", "sampai",
     OVERLAP.format("until 2030-01-01") + "sampai = 2029-12-31"),
    ("sampai = 2029-12-30", "2030-01-01", "sampai",
     "contoh_2021 (2021-02-02 until 2029-12-30) and contoh_2030 (2030-01-01 on) leave a gap: no "
     "tariff from 2029-12-31 to 2029-12-31"),
    ("sampai = 2020-01-01", "2030-01-01", "sampai", "lies before berlaku"),
]  # fmt: skip


@pytest.mark.parametrize(("ends", "begins", "key", "problem"), PERIODS)
@pytest.mark.parametrize("later_first", [False, True])
def test_tariffs_neither_overlap_nor_leave_a_gap(ends, begins, key, problem, later_first):
    lines = refused(second_tariff(ends, begins, later_first=later_first)).splitlines()
    assert f"contoh.toml: tariff[0].{key}: {problem}" in lines


def test_two_tariffs_do_not_begin_on_one_day_nor_have_one_name():
    same_day = refused(second_tariff("", "2021-02-02"))
    assert "tariff[1].berlaku: contoh_2021 (2021-02-02 on) and contoh_2030" in same_day
    same_name = second_tariff("sampai = 2029-12-31", "2030-01-01", name="contoh_2021")
    assert 'contoh.toml: tariff: code "contoh_2021" stands 2 times' in refused(same_name)


def test_the_last_tariff_does_not_end():
    text = TEXT.replace("berlaku = 2021-02-02", "berlaku = 2021-02-02\nsampai = 2030-12-31")
    said = "tariff[0].sampai: contoh_2021 (2021-02-02 until 2030-12-31) ends and none follows"
    assert said in refused(text)


@pytest.mark.parametrize("later_first", [False, True])
def test_a_tariff_may_follow_on_the_next_day(later_first):
    text = second_tariff("sampai = 2029-12-31", "2030-01-01", later_first=later_first)
    rules = loader.load(text, "contoh.toml")
    assert [tariff.id for tariff in rules.tariff] == ["contoh_2021", "contoh_2030"]


CITE = re.compile(r',? ?\bcite = "(?:[^"\\]|\\.)*"')
FIGURES = ("figure", "prasarana", "belum_ditetapkan", "biaya", "keringanan")


@pytest.mark.parametrize("slug", registry.slugs())
def test_every_figure_of_a_tariff_names_its_source(slug):
    text = (registry.FOLDER / f"{slug}.toml").read_text(encoding="utf-8")
    begin = text.index("\n[[tariff]]")
    (tariff,) = registry.current(slug).tariff
    places = {f"{kind}.{code}." for kind in FIGURES for code in getattr(tariff, kind)}
    places |= {f"index.{table}.{key}." for table, rows in tariff.index.items() for key in rows}
    places |= {"remind."} if tariff.remind else set()
    places |= {"kondisi_berlaku."} if tariff.kondisi_berlaku else set()
    places -= {"keringanan.mbr."} if registry.current(slug).mbr else set()  # cited by its switch
    with pytest.raises(loader.DaerahError) as caught:
        loader.parse(text[:begin] + CITE.sub("", text[begin:]), f"{slug}.toml")
    told = {line for line in caught.value.problems if ": tariff[0]." in line}
    assert told == {
        f"{slug}.toml: tariff[0].{place}cite: missing: every rule names its source"
        for place in places | {""}
    }


@pytest.mark.parametrize("name", sorted(tables.names()))
def test_every_table_that_laws_share_names_its_source(name):
    shared = tables.national(name).model_dump()
    bare = [{k: v for k, v in table.items() if k != "cite"} for table in shared["table"]]
    with pytest.raises(ValidationError) as caught:
        tables.National.model_validate(shared | {"table": bare})
    missing = [error["loc"] for error in caught.value.errors() if error["type"] == "missing"]
    assert missing == [("table", index, "cite") for index in range(len(bare))]


def test_every_sample_says_so_where_readers_look():
    text = TEXT.replace('unit = "hari_kerja"\nremind', 'unit = "hari_kerja"\nnote = "x"\nremind')
    text = text.replace('remind = [7, 1]\ncite = "Contoh"', 'remind = [7, 1]\ncite = "Perda"')
    assert "lapse[0].note" in refused(text)
