"""Who may seal what: a file that promises a seal which nobody could give is refused."""

import pytest

from imbportal.daerah import loader, registry

MODEL = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")
SEALED = 'papers = ["skrd"], seal = "ttd"'
DRAFT = 'act = "draf"'


def refused(text):
    with pytest.raises(loader.DaerahError) as told:
        loader.load(text, "contoh.toml")
    return str(told.value)


def test_a_seal_is_the_signatorys_on_what_takes_its_number_with_his_signature():
    assert SEALED in MODEL and DRAFT in MODEL
    text = refused(MODEL.replace(DRAFT, f'seal = "ttd", {DRAFT}', 1))
    assert "seal" in text and "nobody signs here" in text
    text = refused(MODEL.replace(SEALED, 'papers = [], seal = "ttd"'))
    assert "no paper that is signed here takes its number" in text
    assert "seal" in refused(MODEL.replace(SEALED, SEALED.replace("ttd", "camat")))
