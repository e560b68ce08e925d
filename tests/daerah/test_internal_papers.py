"""Which papers stay in the office, and what can be none of them."""

import pytest

from imbportal.daerah import loader, registry

MODEL = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")


def test_control_register_and_archive_sheets_and_letters_between_offices_stay_inside():
    inside = {slug: {*registry.current(slug).internal_papers} for slug in registry.slugs()}
    assert {slug: kinds for slug, kinds in inside.items() if kinds} == {
        "sleman": {"lembar_kendali_imb", "lembar_kendali_ippt"},
        "bombana": {"surat_pengantar", "rekomendasi_teknis", "rekomendasi_penolakan",
                    "lembar_register", "lembar_arsip"},
        "probolinggo": {"pengantar_pembebasan"},
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["izin", "skrd", "pencabutan", "keputusan_keringanan", "strd"])
def test_what_the_applicant_must_be_given_cannot_stay_inside(kind):
    head = f"[paper.{kind}]\n"
    assert head in MODEL
    with pytest.raises(loader.DaerahError) as told:
        loader.load(MODEL.replace(head, f"{head}internal = true\n"), "contoh.toml")
    assert f"paper.{kind}.internal" in str(told.value)
