"""The command that writes every paper of every daerah, and the list of them in docs/dokumen.md."""

import json
import re
import subprocess

import pytest
from django.core.management import CommandError, call_command
from PIL import Image
from sample_words import SIGNED_OTHERWISE, SIGNS, UNNAMED, WORDS

from applications.models import Application
from documents.models import Paper
from imbportal import paper_list
from imbportal.daerah import registry
from imbportal.demo import sample_papers
from tests.documents.reading import enclosed, unprinted

FEW = (
    "rekomendasi_persetujuan", "ssrd", "lembar_register", "lembar_ikm", "pembekuan", "pencabutan",
)  # fmt: skip
"""Kinds of one straight walk, and of what becomes of its permit."""
OTHERWISE = {
    "malang": {
        "izin-duplikat": ("Salinan Izin Mendirikan Bangunan", "sama kata demi kata", "MEMUTUSKAN"),
        "izin-pemecahan": ("Izin Mendirikan Bangunan (Pemecahan)",),
    },
    "probolinggo": {
        "izin-pasal3": ("Camat",),
        "lampiran_gambar-pasal3": ("Kepala Bidang Penataan Kota dan Penataan Bangunan",),
    },
}
"""What some tracks print otherwise: other titles, other signatories."""
DATA = ("izin", "skrd")
"""Kinds that carry what they say as data."""
LARGE = 16_000
"""Bytes of a small picture: there are more than a hundred of them."""
PLACES = {
    "{n}": r"\d+", "{n3}": r"\d{3,}", "{n4}": r"\d{4,}", "{year}": r"\d{4}", "{month}": r"\d\d?",
    "{roman_month}": "[IVX]+", "{date}": r"\d{8}", "{kecamatan}": r"\d{6}",
}  # fmt: skip


def read(path):
    """Return the words of a PDF as ``plain`` has them."""
    done = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True)
    return plain(done.stdout.decode())


def plain(text):
    """Return lower-case letters without blanks: a line may end anywhere."""
    return re.sub(r"\s+", "", text).casefold()


def number(pattern):
    """Return what finds a number of a pattern in lower-case words."""
    parts = re.split(r"(\{\w+\})", pattern)
    return "".join(PLACES.get(part, re.escape(part)) for part in parts).casefold()


def lacking(rules, kind, words):
    """Return what a sheet of a kind lacks of what it must say."""
    paper = rules.paper[kind]
    wanted = [paper.title, *paper.basis, *WORDS[kind]]
    wanted += [] if kind in SIGNS else ["Halaman 1 dari"]
    if kind == "izin" and not paper.basis:
        wanted += [item.text for item in rules.legal_basis]
    found = [text for text in wanted if plain(text) not in words]
    if not re.search(number(paper.pattern), words):
        found.append(paper.pattern)
    if not signed(rules, kind, words):
        found.append("its signature block")
    return found


def signed(rules, kind, words):
    """Return whether the block of who signs stands there, or why nobody does."""
    if kind in SIGNED_OTHERWISE:
        return True
    roles = {rules.signer(track, kind) for track in rules.track if track != "di_luar_layanan"}
    named = [rules.role[role] for role in roles if role]
    titles = [title for role in named for title in (role.title, role.signed(""))]
    return any(plain(title) in words for title in titles or [UNNAMED])


def written(folder, slug):
    """Return the words of a daerah's sheets by kind, without what other tracks print."""
    files = (path for path in (folder / slug).glob("*.pdf") if "-" not in path.stem)
    return {path.stem: read(path) for path in files if not path.stem.startswith("blanko_")}


def said_beyond(path, words):
    """Return what the data in a paper say that it does not print."""
    return unprinted(json.loads(enclosed(path.read_bytes(), f"{path.stem}.json")), words)


# -- Quick ------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_papers_of_one_walk_are_written_and_nothing_of_it_stays(demo, tmp_path):
    folder, small = tmp_path / "surat", tmp_path / "kecil"
    kinds = [*FEW, "blanko_formulir_pbg"]
    call_command("contoh_dokumen", keluaran=folder, daerah=["bombana"], jenis=kinds, kecil=small)
    rules, sheets = registry.current("bombana"), written(folder, "bombana")
    assert set(sheets) == set(FEW)
    assert {kind: lacking(rules, kind, words) for kind, words in sheets.items()} == {
        kind: [] for kind in FEW
    }
    assert plain("Formulir Permohonan PBG") in read(folder / "bombana/blanko_formulir_pbg.pdf")
    assert not Application.objects.exists() and not Paper.objects.exists()
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert all(f'href="bombana/{kind}.pdf"' in page for kind in kinds)
    with Image.open(small / "bombana-ssrd.png") as picture:
        assert picture.format == "PNG" and picture.width == 260
    with pytest.raises(CommandError, match="--timpa"):
        call_command("contoh_dokumen", keluaran=folder, daerah=["bombana"])


def test_an_unknown_daerah_is_named(settings, tmp_path):
    settings.DEMO = True
    with pytest.raises(CommandError, match="Tidak ada daerah atlantis"):
        call_command("contoh_dokumen", keluaran=tmp_path / "surat", daerah=["atlantis"])
    settings.DEMO = False
    with pytest.raises(CommandError, match="hanya ditulis pada portal demo"):
        call_command("contoh_dokumen", keluaran=tmp_path / "surat")


def test_every_kind_of_every_file_has_words_of_its_own():
    kinds = {kind for slug in registry.slugs() for kind in registry.current(slug).paper}
    assert sorted(kinds - sample_papers.NO_PAPER - set(WORDS)) == []


def test_the_list_of_papers_is_the_one_that_the_files_write():
    call_command("daftar_dokumen", check=True)


def test_the_list_names_every_paper_and_form_and_when_it_is_made():
    page = paper_list.page()
    for slug in registry.slugs():
        rules = registry.current(slug)
        part = page.partition(f"## {rules.name}\n")[2].partition("\n## ")[0]
        for kind, paper in rules.paper.items():
            [line] = [one for one in part.splitlines() if f"| `{kind}` |" in one]
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            assert cells[0] == paper.title and cells[4] != "-", (slug, kind)
        for form in rules.blank:
            assert f"| {form.title} |" in part and f"[[blank]] {form.code}" in part


def test_the_small_pictures_are_small_and_of_papers_that_are_listed():
    folder, page = paper_list.PAGE.parent / paper_list.PICTURES, paper_list.page()
    pictures = sorted(folder.glob("*.png"))
    assert len(pictures) > 100
    assert [path.name for path in pictures if path.stat().st_size > LARGE] == []
    assert [path.name for path in pictures if f"/{path.name})" not in page] == []


# -- Long -------------------------------------------------------------------------------------
@pytest.mark.panjang
@pytest.mark.satu_basis_data
@pytest.mark.django_db
@pytest.mark.parametrize("slug", registry.slugs())
def test_every_paper_of_a_daerah_is_written_with_all_that_it_must_say(slug, demo, tmp_path):
    call_command("contoh_dokumen", keluaran=tmp_path, daerah=[slug], timpa=True)
    rules, sheets = registry.current(slug), written(tmp_path, slug)
    assert set(sheets) == set(rules.paper) - sample_papers.NO_PAPER
    faults = {kind: lacking(rules, kind, words) for kind, words in sheets.items()}
    assert {kind: found for kind, found in faults.items() if found} == {}
    data = {kind: said_beyond(tmp_path / slug / f"{kind}.pdf", sheets[kind]) for kind in DATA}
    assert data == dict.fromkeys(DATA, [])
    for name, texts in OTHERWISE.get(slug, {}).items():
        words = read(tmp_path / slug / f"{name}.pdf")
        assert [text for text in texts if plain(text) not in words] == [], name
