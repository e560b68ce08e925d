"""What a file says of its forms to be signed by hand: what may stand in braces, old spellings."""

import pytest

from imbportal.daerah import loader, registry
from imbportal.daerah.blanks import Blank, BlankSigner

TEXT = (registry.FOLDER / "contoh.toml").read_text()
FORM = """
[[blank]]
code = "lain"
title = "Lain"
parts = [{{ {part} }}]
signers = ["Pemohon"]
cite = "Contoh"
{more}
"""


def problems(part='text = "Saya."', more=""):
    with pytest.raises(loader.DaerahError) as error:
        loader.load(TEXT + FORM.format(part=part, more=more), "contoh.toml")
    return " ".join(error.value.problems)


@pytest.mark.parametrize(
    ("part", "more", "words"),
    [
        ('text = "Saya {owner_nama}."', "", "unknown {owner_nama}"),
        ('text = "Saya", fields = [{ label = "Nama", value = "{tidak_ada}" }]', "", "{tidak_ada}"),
        ('text = "Saya", items = ["di {alamat_lama}"]', "", "{alamat_lama}"),
        ('text = "Saya", fields = [{ label = "Nama", values = "" }]', "", "unknown key"),
        ('text = "Saya", ticks = [{ text = "ya", when = { tanah = true } }]', "", '"tanah"'),
        ('text = "Saya", table = { head = ["a", "b"], widths = [50, 40] }', "", "together 100"),
        ('text = "Saya", table = { head = ["a"], rows = 1, first = ["u", "t"] }', "", "the 1 rows"),
        ('text = "Saya"', 'sections = ["tidak_ada"]', 'unknown section "tidak_ada"'),
        ('text = "Saya"', "witnesses = 9", "witnesses"),
    ],
)
def test_what_a_form_names_must_exist(part, more, words):
    found = problems(part, more)
    assert words in found and "blank[" in found


def test_one_who_signs_over_a_stamp_may_be_given_in_words_alone():
    form = Blank(
        code="a", title="A", parts=({"text": "Saya", "fields": ["Nama"]},), cite="Contoh",
        signers=("Penerima", "Pemberi, di atas meterai"),
    )  # fmt: skip
    assert form.hands == [
        BlankSigner(title="Penerima"), BlankSigner(title="Pemberi", stamp=True)
    ]  # fmt: skip
    assert [line.label for line in form.parts[0].lines] == ["Nama"]
