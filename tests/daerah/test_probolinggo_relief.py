"""Relief and exemption in Probolinggo: articles 9 to 11, word for word and through the pages."""

import pytest
from relief_cast import Asking, faults, text

from documents.models import Paper
from imbportal.daerah import conditions, registry
from imbportal.demo import buildings
from retribusi import services as money

RULES = registry.current("probolinggo")
RELIEF = {item.code: item for item in RULES.relief}
POLICY = {item.code: item.text for item in RULES.policy}
LEGALISED = (
    "Fotokopi bukti kepemilikan atau penguasaan tanah, dilegalisasi oleh pejabat yang berwenang"
)
FIVE = [
    "Fotokopi KTP pemohon", LEGALISED, "Fotokopi SPPT PBB (Pajak Bumi dan Bangunan)",
    "Perincian perhitungan retribusi sesuai dengan ketentuan yang berlaku", "Sketsa peta lokasi",
]  # fmt: skip
UPLOADED = ("ktp", "bukti_tanah", "sppt_pbb", "sketsa")


def labels(code):
    return [document.label for document in RELIEF[code].document]


def fits(**facts):
    return [code for code, one in RELIEF.items() if conditions.holds(one.when, facts)]


# -- The file ----------------------------------------------------------------------------------
@pytest.mark.kewajiban("PRO-09")
def test_who_may_have_relief_and_how_much():
    percent = {code: figure.value for code, figure in RULES.tariff[0].keringanan.items()}
    assert percent == {"hunian": 20, "sosial_budaya": 30, "usaha": 20, "pembebasan": 100}
    assert fits(function="hunian", ownership="perorangan") == ["hunian"]
    assert fits(function="hunian_sederhana", ownership="perorangan") == ["hunian"]
    assert fits(function="sosial_budaya", ownership="yayasan") == ["sosial_budaya"]
    assert fits(function="usaha", ownership="badan_usaha") == ["usaha"]
    assert fits(function="keagamaan", ownership="yayasan") == []
    assert {code for code, one in RELIEF.items() if one.automatic} == {"usaha"}
    assert "kami hitung tanpa permohonan" in POLICY["keringanan_usaha"]


@pytest.mark.kewajiban("PRO-09")
def test_relief_is_asked_of_the_walikota_with_five_documents():
    for code in ("hunian", "sosial_budaya"):
        assert labels(code) == FIVE
        assert [d.code for d in RELIEF[code].document if d.calculation] == ["perincian"]
        assert RULES.role[RELIEF[code].decided_by].title == "Walikota"


@pytest.mark.kewajiban("PRO-11")
def test_what_the_walikota_decides_bears_his_own_head():
    for kind in ("keputusan_keringanan", "keputusan_pembebasan"):
        unit = RULES.unit_of(RULES.writer("pasal4", kind))
        assert (unit.title, unit.letterhead) == ("Walikota Probolinggo", True)


@pytest.mark.kewajiban("PRO-10")
def test_the_regions_own_buildings_may_be_exempted_wholly_with_five_documents():
    assert "pembebasan" in fits(function="sosial_budaya", ownership="negara")
    assert "pembebasan" not in fits(function="sosial_budaya", ownership="yayasan")
    assert RELIEF["pembebasan"].kind == "pembebasan"
    assert labels("pembebasan") == ["Fotokopi KTP penanggung jawab proyek", *FIVE[1:]]
    assert "sekolah, rumah sakit, dan puskesmas" in POLICY["pembebasan_penuh"]


@pytest.mark.kewajiban("PRO-11")
def test_only_the_exemption_is_forwarded_by_the_permit_office():
    forwarded = {code: one.forwarded_by for code, one in RELIEF.items() if one.forwarded_by}
    assert forwarded == {"pembebasan": "petugas_bpp"}
    assert {code: one.cover for code, one in RELIEF.items() if one.cover} == {
        "pembebasan": "pengantar_pembebasan"
    }
    assert RULES.unit[RULES.role["petugas_bpp"].unit].title == "Badan Pelayanan Perijinan"
    assert {one.decided_by for one in RELIEF.values() if not one.automatic} == {"walikota"}


# -- The pages ---------------------------------------------------------------------------------
@pytest.fixture
def asking(db, demo, client):
    return lambda code, **more: Asking(client, "probolinggo", code, **more)


@pytest.mark.kewajiban("PRO-09", "PRO-11")
def test_the_walikota_grants_a_dwelling_its_relief_and_the_office_tells(asking):
    house = asking("hunian")
    gross = money.due(house.case)
    page = text(house.page("keringanan/hunian/"))
    assert all(label in page for label in FIVE) and "Diputus oleh Walikota." in page
    house.ask(*UPLOADED)
    assert house.press("petugas_bpp", "propose_skrd").status_code == 422
    assert house.desk("kepala_bpp", "kabulkan").status_code == 403
    house.desk("walikota", "kabulkan")
    told = house.told()
    assert "Permohonan keringanan retribusi dikabulkan" in told.subject
    assert house.relief.paper.number in told.body and "dikurangi" in told.body
    bill = house.bill()
    assert bill.amount == round(gross * 0.8) and faults() == []


@pytest.mark.kewajiban("PRO-10", "PRO-11")
def test_an_exemption_goes_by_the_permit_office_to_the_walikota_and_costs_nothing(asking):
    school = asking("pembebasan", building=buildings.SCHOOL, ownership="negara")
    school.ask(*UPLOADED)
    assert school.relief.holder == "petugas_bpp"
    school.desk("petugas_bpp", "teruskan")
    assert school.relief.holder == "walikota"
    cover = Paper.objects.get(case=school.case.pk, kind="pengantar_pembebasan")
    assert cover.content["recipient"] == ["Walikota"] and LEGALISED in str(cover.content)
    school.desk("walikota", "kabulkan")
    assert "pembebasan retribusi dikabulkan" in school.told().subject
    school.press("petugas_bpp", "propose_skrd")
    school.press("kepala_bpp", "issue_nil_skrd")
    bill = school.case.bills.get()
    assert (bill.amount, school.case.state) == (0, "PERMIT_SIGNING") and faults() == []
