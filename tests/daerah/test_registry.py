"""Files, their stored versions, the public standard, areas and the lint."""

import pytest
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction

from imbportal import areas
from imbportal.daerah import lint, loader, registry, standard
from imbportal.daerah.models import DaerahVersion, Holiday

TEXT = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of files apart from the portal's own."""
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    registry.forget()
    yield tmp_path
    registry.forget()


@pytest.mark.django_db
def test_one_content_is_one_version():
    first, second = registry.current_version("contoh"), registry.current_version("contoh")
    assert first == second and DaerahVersion.objects.count() == 1
    assert registry.version(first.pk) == registry.current("contoh")
    table = "daerah_daerahversion"
    for change in (
        f"UPDATE {table} SET content = ''", f"UPDATE {table} SET slug = 'x'", f"DELETE FROM {table}"
    ):  # fmt: skip
        refused = pytest.raises(IntegrityError, match="append-only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


@pytest.mark.django_db
def test_an_older_version_stays_readable_after_the_file_changed(folder):
    path = folder / "contoh.toml"
    path.write_text(TEXT, encoding="utf-8")
    old = registry.current_version("contoh")
    path.write_text(TEXT.replace('name = "Kabupaten Contoh"', 'name = "Kota Contoh"'), "utf-8")
    registry.forget()
    assert registry.current_version("contoh") != old
    assert registry.version(old.pk).name == "Kabupaten Contoh"
    assert registry.current("contoh").name == "Kota Contoh"


def test_an_unknown_slug_is_a_key_error():
    with pytest.raises(KeyError):
        registry.current("antah")


def test_the_demos_daerah_are_listed_in_the_demo_only(settings):
    settings.DEMO = False
    assert "contoh" not in {rules.slug for rules in registry.listed()}
    settings.DEMO = True
    assert "contoh" in {rules.slug for rules in registry.listed()}


def test_the_portals_own_files_pass_the_lint():
    assert run_checks(tags=["daerah"]) == []


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        ("amount = 28", "amount = 27", "daerah.W001"),
        ('cost = "Sesuai SKRD."', 'cost = "Tidak dipungut biaya"', "daerah.W002"),
        ('amount = 28\nunit = "hari_kerja"', 'amount = 28\nunit = "hari"', "daerah.W003"),
        ('table = "pp16"', 'table = "pp99"', "daerah.E002"),
        ('role = "bendahara"', 'role = "bendahra"', "daerah.E001"),
    ],
)
def test_a_contradiction_is_reported(folder, old, new, number):
    (folder / "contoh.toml").write_text(TEXT.replace(old, new), encoding="utf-8")
    assert {message.id for message in lint.files_load(None)} == {number}


def test_a_recorded_contradiction_is_not_reported(folder):
    text = TEXT.replace('cost = "Sesuai SKRD."', 'cost = "Gratis"')
    text = text.replace('code = "celah_fungsi"', 'code = "gratis_dan_retribusi"')
    (folder / "contoh.toml").write_text(text, encoding="utf-8")
    assert lint.files_load(None) == []


@pytest.mark.django_db
def test_rows_of_a_vanished_file_are_reported_with_the_database_only():
    Holiday.objects.create(date="2026-11-03", slug="antah", kind="daerah", name="Hari jadi")
    found = run_checks(tags=["database"], databases=["default"])
    assert [message.id for message in found] == ["daerah.E003"]
    assert run_checks(tags=["daerah"]) == []


def test_the_standard_has_fourteen_components_and_says_where_nothing_is_known():
    found = standard.components(registry.current("pamekasan"))
    assert len(found) == 14
    unknown = {item.code for item in found if not item.known}
    assert {"dasar_hukum", "sarana", "kompetensi", "evaluasi"} <= unknown
    assert not {"persyaratan", "prosedur", "waktu", "biaya", "produk", "pengaduan"} & unknown


def test_the_standard_draws_the_steps_from_the_chains_that_run():
    steps = {item.code: item for item in standard.components(registry.current("contoh"))}
    assert steps["prosedur"].items[3] == "Periksa kelengkapan dokumen"
    assert len(steps["prosedur"].items) == 16


def test_areas_have_the_ministrys_codes():
    assert ("352804", "Pamekasan") in areas.kecamatan("35.28")
    assert len(areas.kecamatan("35.28")) == 13
    assert all(code.startswith("352804") for code, _ in areas.villages("352804"))
    assert areas.villages("3528") == ()


def test_a_stored_version_is_read_without_the_newer_cross_checks():
    text = TEXT.replace('head = "kepala"', 'head = "ketua"')
    assert loader.parse(text, "contoh.toml").head == "ketua"
