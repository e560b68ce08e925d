"""What changed between two versions of a file, in words."""

import datetime

import pytest

from applications import news
from imbportal.daerah import changes, loader, registry

TEXT = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")
DAY = datetime.date(2026, 11, 26)
FENCE = "[tariff.prasarana.pagar]\nvalue = 25200"
CASES = [
    ('label = "Gambar struktur"', 'label = "Gambar struktur dan detail"',
     "“Gambar struktur” sekarang disebut “Gambar struktur dan detail”."),
    ("optional = true", "optional = false", "Foto lokasi sekarang wajib diunggah."),
    ('code = "bukti_hak"\n', 'code = "bukti_hak"\nimages = false\n',
     "Bukti hak atas tanah sekarang hanya boleh PDF."),
    ('  { value = "hak_pakai", label = "Hak pakai" },\n', "",
     "Pilihan pada Status hak atas tanah yang tidak ada lagi: “Hak pakai”."),
    ('label = "Hak pakai"', 'label = "Hak pakai atas tanah negara"',
     "Pilihan “Hak pakai” pada Status hak atas tanah sekarang berbunyi "
     "“Hak pakai atas tanah negara”."),
    ("min = 1\nmax = 60", "min = 1\nmax = 8",
     "Batas Jumlah lantai sekarang: paling sedikit 1 dan paling banyak 8."),
    ("required = false", "required = true", "Keterangan sumber air sekarang wajib diisi."),
    (FENCE, FENCE.replace("25200", "30000"), "Pagar: semula Rp25.200/m, sekarang Rp30.000/m."),
    ("value = 0.5\n", "value = 0.4\n",
     "Indeks lokalitas (Ilo): semula 0,5\N{NO-BREAK SPACE}%, sekarang 0,4\N{NO-BREAK SPACE}%."),
    ('time = "28 hari kerja"', 'time = "20 hari kerja"',
     "Jangka waktu penyelesaian: 20 hari kerja (semula 28 hari kerja)."),
    ('state = "INCOMPLETE"\namount = 30', 'state = "INCOMPLETE"\namount = 14',
     "Batas menunggu Anda, Perlu dilengkapi: 14 hari kerja (semula 30 hari kerja)."),
    ('name = "Keringanan bangunan sosial dan budaya"', 'name = "Keringanan sosial"',
     "“Keringanan bangunan sosial dan budaya” sekarang disebut “Keringanan sosial”."),
    ('label = "Surat permohonan keringanan"', 'label = "Surat permohonan"',
     "Keringanan bangunan sosial dan budaya: “Surat permohonan keringanan” sekarang disebut "
     "“Surat permohonan”."),
    ('  { code = "permohonan", label = "Surat permohonan keringanan", '
     'help = "Ditujukan kepada kepala dinas." },\n', "",
     "Keringanan bangunan sosial dan budaya: tidak diminta lagi, Surat permohonan keringanan."),
]  # fmt: skip


def told(text, old=TEXT, name="contoh.toml"):
    old, new = loader.parse(old, name), loader.parse(text, name)
    scopes = (changes.whole(rules, news.terms(rules, list(rules.track))) for rules in (old, new))
    return [change.text for change in changes.between(*scopes, DAY)]


@pytest.mark.parametrize(("old", "new", "sentence"), CASES)
def test_a_change_is_told_as_one_sentence(old, new, sentence):
    assert TEXT.count(old) == 1
    assert told(TEXT.replace(old, new)) == [sentence]


def test_the_switch_of_work_begun_is_told_once_and_not_row_by_row():
    name = "bombana.toml"
    text = (registry.FOLDER / name).read_text(encoding="utf-8")
    switch = "[tariff.kondisi_berlaku]\nvalue = true"
    off = text.replace(switch, switch.replace("true", "false"))
    assert text.count(switch) == 1
    assert told(off, text, name) == [changes.BEGUN[False]]
    assert told(text, off, name) == [changes.BEGUN[True]]
    dearer = text.replace("galian = { value = 1.10", "galian = { value = 1.15")
    assert told(dearer, text, name) == [
        "Galian pondasi atau galian saluran: semula 1,1, sekarang 1,15."
    ]


def test_the_same_rules_tell_nothing():
    assert told(TEXT + "\n# A remark of the writer.\n") == []


def test_of_a_new_table_of_tariffs_the_first_figures_are_named_and_the_rest_counted():
    more = "".join(
        f'[tariff.prasarana.p{n}]\nvalue = {n}\nunit = "m"\nlabel = "P{n}"\ncite = "C"\n'
        for n in range(1, 21)
    )
    found = told(TEXT.replace("[tariff.prasarana.pagar]", more + "[tariff.prasarana.pagar]"))
    assert len(found) == changes.MOST + 1
    assert found[-1] == f"Masih ada {20 - changes.MOST} angka tarif lain yang berubah."
