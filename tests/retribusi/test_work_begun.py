"""Work begun before its permit: the minutes tell how far it had come, with proof."""

import pytest

from accounts.models import Identity, User
from applications import evidence, originals, sites
from applications.models import Application, Document, DocumentVersion, Record
from applications.office.visits import MinutesForm
from imbportal.daerah import registry
from imbportal.demo import people
from retribusi import building, services

pytestmark = pytest.mark.django_db
SAID = {"present": "Pemohon", "findings": "Kap terpasang.", "conclusion": "Dapat disetujui."}
POSTED = {
    "b-TOTAL_FORMS": "1", "b-INITIAL_FORMS": "0", "b-0-nama": "Rumah", "b-0-luas": "120",
    "b-0-fungsi": "hunian", "b-0-kompleksitas": "sederhana", "b-0-permanensi": "permanen",
    "b-0-risiko_kebakaran": "rendah", "b-0-zona_gempa": "4", "b-0-kepadatan": "sedang",
    "b-0-ketinggian": "rendah", "b-0-kepemilikan": "perorangan", "b-0-waktu_penggunaan": "tetap",
    "kegiatan": "baru",
}  # fmt: skip
SURVEY, FEE = ("ASSESSMENT", 5), ("FEE", 0)


@pytest.fixture
def case():
    """Return a function that gives a house at a step, with or without what its minutes tell."""

    def at(place, stage=None, slug="bombana", **more):
        user = User.objects.create_user("pemohon@bombana.test", name="Budi Santosa")
        holder = Identity.objects.create(user=user, name="Budi Santosa", address="Jl. Stadion 12")
        found = Application.objects.create(
            daerah=slug, version_used=registry.current_version(slug), applicant=user,
            holder=holder, track="pbg", number="0001/PBG/2026", state=place[0], turn=place[1],
            secret="ABCDEFGHJK", **{"work": "baru"} | more,
        )  # fmt: skip
        if stage is not None:
            told = {"kondisi": stage} if stage else {}
            Record.objects.create(application=found, kind="bapl", data=SAID | told, by=user)
        return found

    return at


def attach(case, kind, scan):
    slot = Document.objects.create(application=case, requirement=f"lampiran:{kind}")
    DocumentVersion.objects.create(
        document=slot, number=1, name="foto.jpg", mime="image/jpeg", size=9, sha256="0" * 64,
        uploaded_by=case.applicant, scan=scan,
    )  # fmt: skip


# -- The minutes -------------------------------------------------------------------------------
def test_the_minutes_of_a_new_building_must_say_how_far_the_work_had_come(case):
    form = MinutesForm(SAID, case=case(SURVEY))
    assert not form.is_valid() and [*form.errors] == ["kondisi"]
    form = MinutesForm(SAID | {"kondisi": "kap"}, case=form.case)
    assert form.is_valid() and form.as_json()["kondisi"] == "kap"


def test_they_may_leave_it_open_where_something_is_rebuilt(case):
    assert MinutesForm(SAID, case=case(SURVEY, work="rehabilitasi_berat")).is_valid()


def test_they_do_not_ask_where_the_tariff_tells_no_stages_apart(case):
    found = case(SURVEY, slug="contoh")
    assert services.stages(found) is None
    assert "kondisi" not in MinutesForm(case=found).fields


@pytest.mark.parametrize(
    ("kind", "scan", "missing"),
    [
        ("", "", "Lampirkan bukti pekerjaan yang sudah dimulai"),
        ("bapl", "bersih", ""),
        ("tinjau_lokasi", "bersih", ""),
        ("penilaian", "bersih", "Lampirkan bukti"),
        ("bapl", "berbahaya", "Lampirkan bukti"),
        ("tinjau_lokasi", "karantina", "Masih dipindai: bukti pekerjaan"),
    ],
)
def test_work_that_costs_more_wants_a_clean_photo_or_sheet_beside_it(case, kind, scan, missing):
    found = case(SURVEY, "kap")
    if kind:
        attach(found, kind, scan)
    lacking = evidence.lacking(found)
    assert len(lacking) == bool(missing) and "".join(lacking).startswith(missing)


@pytest.mark.parametrize("stage", ["belum_dimulai", ""])
def test_work_that_costs_nothing_more_wants_none(case, stage):
    assert evidence.lacking(case(SURVEY, stage)) == []


@pytest.mark.kewajiban("BOM-21")
@pytest.mark.parametrize(("scan", "missing"), [("", 1), ("karantina", 1), ("bersih", 0)])
def test_the_permit_is_not_handed_on_without_the_scan_of_its_signed_original(case, scan, missing):
    found = case(("ISSUED", 0))
    if scan:
        attach(found, "kertas_khusus", scan)
    lacking = originals.lacking(found)
    assert len(lacking) == missing and all(originals.SCAN in text for text in lacking)


# -- The record of the building ----------------------------------------------------------------
def test_the_record_takes_the_stage_from_the_minutes_and_from_nowhere_else(case):
    found = case(FEE, "kap")
    form = building.building_form(found, data=POSTED | {"kondisi": "galian"})
    assert form.is_valid() and form.as_json()["kondisi"] == "kap"
    assert "kondisi" not in form.whole.fields and form.whole.from_minutes == "Kap bangunan"
    assert sites.begun(found) == "Kap bangunan"


def test_it_is_refused_where_the_minutes_do_not_tell(case):
    form = building.building_form(case(FEE, ""), data=POSTED)
    assert not form.is_valid()
    assert "Kembalikan ke penilaian teknis" in form.whole.errors["kegiatan"][0]


def test_the_desk_sends_such_a_case_back_to_the_visit_which_asks_for_the_stage(case, client):
    found = case(FEE, "", turn_role="dinas_teknis")
    client.force_login(people.officers("bombana")["dinas_teknis"])
    page = f"/admin/permohonan/{found.pk}/"
    refused = client.post(f"{page}isian/pendataan/", POSTED)
    assert refused.status_code == 422 and "Kembalikan ke penilaian teknis" in refused.text
    assert "Kembalikan ke penilaian teknis" in client.get(page).text
    back = {"note": "BAPL belum menyebut tahap pekerjaan."}
    assert client.post(f"{page}langkah/return_assessment/", back).status_code == 302
    found.refresh_from_db()
    assert found.state == "ASSESSMENT"
    Application.objects.filter(pk=found.pk).update(turn=SURVEY[1], turn_role="dinas_teknis")
    bare = client.post(f"{page}isian/bapl/", SAID)
    assert bare.status_code == 422 and "Pekerjaan yang sudah dimulai" in bare.text
    assert client.post(f"{page}isian/bapl/", SAID | {"kondisi": "kap"}).status_code == 302
    Application.objects.filter(pk=found.pk).update(state="FEE", turn=0)
    assert client.post(f"{page}isian/pendataan/", POSTED).status_code == 302


def test_what_is_rebuilt_has_no_stage(case):
    posted = POSTED | {"kegiatan": "rehabilitasi_berat"}
    form = building.building_form(case(FEE, "kap"), data=posted)
    assert form.is_valid() and "kondisi" not in form.as_json()


def test_it_asks_itself_where_no_minutes_are_written_before(case, monkeypatch):
    monkeypatch.setattr(building.begun, "MINUTES", ())
    found = case(FEE, "kap")
    form = building.building_form(found, data=POSTED)
    assert not form.is_valid() and [*form.whole.errors] == ["kondisi"]
    form = building.building_form(found, data=POSTED | {"kondisi": "galian"})
    assert form.is_valid() and form.as_json()["kondisi"] == "galian"
