"""Who may seal what: a file that promises a seal which nobody could give is refused."""

from refusals import refused

from imbportal.daerah import loader, registry

MODEL = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")
SEALED = 'papers = ["skrd"], seal = "ttd"'
DRAFT = 'act = "draf"'


def test_a_seal_is_the_signatorys_on_what_takes_its_number_with_his_signature():
    assert SEALED in MODEL and DRAFT in MODEL
    text = refused(MODEL.replace(DRAFT, f'seal = "ttd", {DRAFT}', 1))
    assert "seal" in text and "nobody signs here" in text
    text = refused(MODEL.replace(SEALED, 'papers = [], seal = "ttd"'))
    assert "no paper that is signed here takes its number" in text
    assert "seal" in refused(MODEL.replace(SEALED, SEALED.replace("ttd", "camat")))


def test_beside_the_steps_the_paper_says_whose_seal_it_bears():
    papers = registry.current("contoh").paper
    assert {code for code, paper in papers.items() if paper.seal == "ttd"} == {
        "strd", "skrdlb", "keputusan_keberatan", "keputusan_keringanan",
    }  # fmt: skip
    step, receipt = "[paper.izin]\n", "[paper.tanda_terima_keberatan]\n"
    assert step in MODEL and receipt in MODEL
    text = refused(MODEL.replace(step, f'{step}seal = "ttd"\n'))
    assert "paper.izin.seal" in text and "its link" in text
    text = refused(MODEL.replace(receipt, f'{receipt}seal = "ttd"\n'))
    assert "paper.tanda_terima_keberatan.seal" in text and "kantor" in text
    office = loader.load(MODEL.replace(receipt, f'{receipt}seal = "kantor"\n'), "contoh.toml")
    assert office.paper["tanda_terima_keberatan"].seal == "kantor"
