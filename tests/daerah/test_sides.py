"""A file may have services on a permit that was issued: with questions and fees of their own."""

import pytest

from imbportal.daerah import loader, registry

TEXT = (registry.FOLDER / "malang.toml").read_text(encoding="utf-8")
DUPLICATE = 'when = { layanan = "duplikat" }\nafter_permit = true\nretribution = false\n'
KECAMATAN = (
    'code = "kecamatan"\ntype = "choice"\nlabel = "Kecamatan"\nsection = "layanan"\n'
    "when = { permit_in_portal = false }"
)
SPOILT = {
    "track.imb.when: layanan belongs to services on an existing permit only": (
        '[track.imb]\ntitle = "Izin Mendirikan Bangunan"\n',
        '[track.imb]\ntitle = "Izin Mendirikan Bangunan"\nwhen = { layanan = "duplikat" }\n',
    ),
    "fact[28].when: river_bank belongs to new permits only": (
        "when = { permit_in_portal = false }\ncontoh", "when = { river_bank = true }\ncontoh",
    ),
    "requirement[11].when: permit_in_portal belongs to services": (
        "when = { river_bank = true }", "when = { permit_in_portal = true }",
    ),
    'track.duplikat.biaya: unknown fee "meterai"': (
        DUPLICATE + 'biaya = ["administrasi"]', DUPLICATE + 'biaya = ["meterai"]',
    ),
    "track.duplikat.biaya: missing: with retribution = false": (
        DUPLICATE + 'biaya = ["administrasi"]\n', DUPLICATE,
    ),
    "track.duplikat.biaya: the track has no fee": (DUPLICATE, DUPLICATE + "fee = false\n"),
    "track.duplikat.permit_note: must name the older permit: {tanggal} is missing": (
        "Memberikan salinan IMB nomor {nomor} tanggal {tanggal}", "Salinan IMB nomor {nomor}",
    ),
    'track.duplikat.permit_note: unknown place "{hari}"': (
        "Memberikan salinan IMB nomor", "Memberikan pada {hari} salinan IMB nomor",
    ),
    "track.perubahan_data.permit_note: missing": ("permit_note = \"Memberikan Izin Mendirikan "
        "Bangunan yang menggantikan IMB nomor {nomor} tanggal {tanggal}, dengan perubahan data di "
        "bawah ini.\"\n", ""),
    "track.imb.replaces: belongs to a track with after_permit": (
        "[track.imb]\n", "[track.imb]\nreplaces = true\n",
    ),
    "section[3].after_permit: no track with after_permit: it is never asked": (
        "after_permit = true\nretribution", "retribution",
    ),
    "track.di_luar_layanan.after_permit: takes whoever matches no other": (
        "[track.di_luar_layanan]\n", "[track.di_luar_layanan]\nafter_permit = true\n",
    ),
    "track.pemecahan.when: missing: no later track is ever reached": (
        'when = { layanan = "pemecahan" }\nafter_permit = true\nretribution',
        "after_permit = true\nretribution",
    ),
    "fact[18].choices: must be given for a choice": (
        'choices = [{ value = "hilang", label = "Hilang" }, '
        '{ value = "rusak", label = "Rusak" }]\n', "",
    ),
    "paper.izin.pattern: takes {kecamatan}: ask that fact of everybody": (
        KECAMATAN, KECAMATAN.replace("permit_in_portal = false", 'layanan = "duplikat"'),
    ),
    'track.pemecahan.share[0].whole: unknown fact "luas"': (
        'whole = "floor_area"', 'whole = "luas"',
    ),
    "track.pemecahan.share[1].part: bagian is a text, and no figure to add": (
        'part = "luas_tanah_bagian"', 'part = "bagian"',
    ),
    "fact: code \"bagian\" stands 2 times": ('code = "perubahan"\n', 'code = "bagian"\n'),
}  # fmt: skip


@pytest.mark.parametrize("said", SPOILT)
def test_a_file_whose_services_do_not_fit_is_refused_with_key_and_cause(said):
    old, new = SPOILT[said]
    assert old in TEXT
    with pytest.raises(loader.DaerahError) as caught:
        loader.load(TEXT.replace(old, new), "malang.toml")
    lines = str(caught.value).splitlines()
    assert any(line.startswith(f"malang.toml: {said}") for line in lines), lines


def test_each_side_has_its_own_questions_even_of_one_code_and_both_lead_outside():
    sides = loader.load(TEXT, "malang.toml").sides
    for side in sides.values():
        codes = [fact.code for fact in side.fact]
        assert codes.count("kecamatan") == 1 and list(side.track)[-1] == "di_luar_layanan"
    assert "floors" not in {fact.code for fact in sides[True].fact}
    assert "layanan" not in {fact.code for fact in sides[False].fact}
    assert sides[True].check == () and sides[True].paper == sides[False].paper


def test_a_paper_may_hang_on_what_only_one_side_asks():
    text = TEXT.replace("[paper.kode_ambil]\n", "[paper.kode_ambil]\nwhen = { floors__gte = 1 }\n")
    loader.load(text, "malang.toml")
