"""A draft as a block of the file: refused until its changed figures are cited, then the same."""

import datetime
import re
import tomllib
from decimal import Decimal

import pytest

from imbportal.daerah import loader, registry
from imbportal.daerah.tariffs import Tariff
from retribusi import engine, rates
from retribusi.trial import block
from retribusi.trial.figures import applied, groups

pytestmark = pytest.mark.satu_basis_data
BEGINS = datetime.date(2027, 2, 1)
SOME = {
    "malang": {
        "figure.hsbg": "4500.5", "index.fungsi.usaha": "2.75", "index.zona_gempa.4": "0.55",
        "prasarana.2211": "1200", "prasarana.2214": "900", "biaya.formulir": "7500",
    },
    "contoh": {
        "figure.ilo": "0.4", "index.lantai.3": "1.2", "prasarana.pagar": "30000",
        "keringanan.sosial": "75",
    },
}  # fmt: skip


def file_of(slug):
    return (registry.FOLDER / f"{slug}.toml").read_text(encoding="utf-8")


def with_block(slug, text):
    """Put the block where its page says: behind the old one, which gets its last day."""
    content = file_of(slug)
    old = re.search(r"\[\[tariff\]\]\nid = .*\nberlaku = .*\n", content)
    content = content.replace(old[0], f"{old[0]}sampai = 2027-01-31\n")
    return content.replace("\n[complaint]\n", f"\n{text}\n[complaint]\n", 1)


@pytest.mark.parametrize("slug", SOME)
def test_the_block_loads_once_it_is_cited_and_charges_what_the_draft_would(slug):
    (base,) = registry.current(slug).tariff
    text = block.written(base, SOME[slug], BEGINS, "tarif_2027")
    with pytest.raises(loader.DaerahError) as refused:
        loader.load(with_block(slug, text), f"{slug}.toml")
    lacking = {line.split(": ")[1] for line in refused.value.problems}
    named = {f"tariff[1].{path}.cite" for path in SOME[slug]} | {"tariff[1].cite"}
    assert lacking == named, "each changed figure and the tariff itself, and nothing else"
    source = "Contoh" if base.contoh else "Perda baru, pasal 3"
    cited = text.replace('cite = ""', f'cite = "{source}"')
    old, new = loader.load(with_block(slug, cited), f"{slug}.toml").tariff
    assert old == base.model_copy(update={"sampai": datetime.date(2027, 1, 31)})
    assert (new.id, new.berlaku, new.sampai) == ("tarif_2027", BEGINS, None)
    figures = rates.of(applied(base, SOME[slug]))
    for example in registry.current(slug).example:
        charged = engine.calculate([old, new], example["input"] | {"tanggal": "2027-03-01"})
        assert charged.total == engine.tried(figures, example["input"]).total
        assert charged.tariff.id == "tarif_2027" and not charged.simulation
        assert engine.calculate([old, new], example["input"]).total == example["total"]


@pytest.mark.parametrize("slug", registry.slugs())
def test_a_block_without_a_change_is_the_tariff_again(slug):
    base = registry.current(slug).tariff[-1]
    text = block.written(base, {}, BEGINS, base.id).replace('cite = ""', 'cite = "x"', 1)
    (again,) = block_of(text)
    head = {"cite": "x", "berlaku": BEGINS, "sampai": None, "note": again.note}
    assert again == base.model_copy(update=head)
    assert again.note.startswith(base.note)


def block_of(text):
    return [
        Tariff.model_validate(one) for one in tomllib.loads(text, parse_float=Decimal)["tariff"]
    ]


def test_every_figure_of_a_tariff_can_be_tried_and_each_try_is_a_simulation():
    (base,) = registry.current("malang").tariff
    known = {row.path: row for group in groups(base) for row in group.rows}
    tried = {path: "0.25" for path in known}
    new = applied(base, tried)
    assert {row.now for group in groups(new) for row in group.rows} == {Decimal("0.25")}
    assert not new.belum_ditetapkan and new.biaya["formulir"].always
    assert list(groups(base)[0].rows)[0].now == 4000, "the tariff itself stays"
    given = registry.current("malang").example[0]["input"]
    result = engine.tried(rates.of(base), given)
    assert result.simulation and result.as_json()["simulasi"]
    assert result.total == registry.current("malang").example[0]["total"]
