"""The applicant's own pages: list, opening, forms, the page of the case, leaving it."""

from decimal import Decimal

import pytest

from accounts.models import Identity, Mandate
from applications import casework
from applications.models import Application
from tests.applications import applicant_cast as cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path


@pytest.fixture
def siti():
    return cast.person("Siti Aminah", "siti@contoh.test", "3528014507900001")


@pytest.fixture
def mine(client, siti):
    client.force_login(siti)
    return client


@pytest.fixture
def draft(siti):
    return casework.create(siti, cast.DAERAH)


PAGES = ("", "hapus/", "isian/lokasi/", "isian/bangunan-lain/", "kirim/", "berkas/")


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_draft_can_be_read_by_its_applicant(mine, draft, path):
    assert mine.get(cast.url(draft, path)).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_another_applicant_does_not_find_it(client, draft, path):
    client.force_login(cast.person("Joko", "joko@contoh.test", "3528014507900002"))
    assert client.get(cast.url(draft, path)).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_must_log_in(client, draft, path):
    assert client.get(cast.url(draft, path))["Location"].startswith("/akun/masuk/")


def test_an_empty_list_leads_to_a_new_application(mine):
    assert "/permohonan/baru/" in text(mine.get("/permohonan/"))


def test_opening_makes_a_draft_for_oneself(mine, siti):
    answer = mine.post("/permohonan/baru/", {"daerah": cast.DAERAH, "holder": ""})
    application = Application.objects.get(applicant=siti)
    assert answer["Location"] == cast.url(application)
    assert application.holder == siti.identity


def test_an_agent_opens_a_draft_for_an_owner(mine, siti):
    owner = Identity.objects.create(name="Nenek Karti", address="Jl. Kamboja")
    mandate = Mandate.objects.create(agent=siti, owner=owner, valid_from="2020-01-01")
    mine.post("/permohonan/baru/", {"daerah": cast.DAERAH, "holder": mandate.pk})
    assert Application.objects.get().holder == owner


def test_nobody_opens_a_draft_by_anothers_mandate(mine):
    joko = cast.person("Joko", "joko@contoh.test", "3528014507900002")
    owner = Identity.objects.create(name="Nenek Karti", address="Jl. Kamboja")
    mandate = Mandate.objects.create(agent=joko, owner=owner, valid_from="2020-01-01")
    mine.post("/permohonan/baru/", {"daerah": cast.DAERAH, "holder": mandate.pk})
    assert not Application.objects.exists()


# -- The forms -----------------------------------------------------------------------------
def test_an_incomplete_section_is_saved_and_says_how_much_is_empty(mine, draft):
    answer = cast.save(mine, draft, "rencana", {"function": "hunian"})
    draft.refresh_from_db()
    assert draft.function == "hunian"
    assert "Tersimpan, masih ada 3 isian kosong." in text(answer)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("120,5", "120.5"), ("1.200", "1200"), ("1.200,75", "1200.75"), ("120.5", "120.5")],
)
def test_areas_are_typed_the_indonesian_way(mine, draft, typed, stored):
    cast.save(mine, draft, "lokasi", {"land_area": typed})
    draft.refresh_from_db()
    assert draft.land_area == Decimal(stored)


@pytest.mark.parametrize(
    ("section", "answers"),
    [
        ("bangunan", {"height": "12345678"}),
        ("rencana", {"floors": "40000"}),
        ("lokasi", {"land_area": "-1"}),
    ],
)
def test_numbers_that_no_column_holds_are_refused(mine, draft, section, answers):
    assert cast.save(mine, draft, section, answers).status_code == 422


def test_a_wrong_number_keeps_what_was_typed(mine, draft):
    answer = cast.save(mine, draft, "lokasi", {"land_area": "luas", "address": "Jl. Melati"})
    assert answer.status_code == 422
    assert 'value="luas"' in text(answer) and 'value="Jl. Melati"' in text(answer)


def test_villages_follow_the_kecamatan_that_was_saved(mine, draft):
    answer = cast.save(mine, draft, "lokasi", {"kecamatan": "510301", "village": "Tidak Ada"})
    draft.refresh_from_db()
    assert (draft.kecamatan, draft.village) == ("510301", "")
    assert '<option value="Tuban">' in text(answer)


def test_an_answer_that_no_longer_applies_is_dropped(mine, draft):
    cast.save(mine, draft, "rencana", cast.PLAN)
    cast.fill(mine, draft)
    with_basement = cast.BUILDING | {"basement_floors": "1", "basement_area": "50"}
    cast.save(mine, draft, "bangunan", with_basement)
    cast.save(mine, draft, "bangunan", cast.BUILDING)
    draft.refresh_from_db()
    assert draft.basement_area is None


def test_a_question_that_may_not_apply_says_what_it_depends_on(mine, siti):
    case = casework.create(siti, cast.DAERAH)
    cast.save(mine, case, "rencana", cast.SMALL)
    page = text(mine.get(cast.url(case, "isian/bangunan/")))
    assert "tergantung jawaban: Jumlah lapis basemen" in page


def test_an_old_page_is_refused_and_nothing_is_lost(mine, draft):
    data = {"function": "hunian", "version": draft.version}
    mine.post(cast.url(draft, "isian/rencana/"), data)
    assert (
        mine.post(cast.url(draft, "isian/rencana/"), data | {"function": "usaha"}).status_code
        == 409
    )
    draft.refresh_from_db()
    assert draft.function == "hunian"


def test_numeric_checks_stand_below_the_section(mine, draft):
    cast.fill(mine, draft, plan=cast.SMALL)
    cast.save(mine, draft, "air", cast.WATER | {"infiltration_volume": "1"})
    page = text(mine.get(cast.url(draft, "isian/air/")))
    assert "Perbesar isi sumur peresapan." in page


def test_further_buildings_are_added_and_removed(mine, draft):
    def rows(total, first, **one):
        management = {"bangunan-TOTAL_FORMS": total, "bangunan-INITIAL_FORMS": first}
        fields = {f"bangunan-0-{name}": value for name, value in one.items()}
        draft.refresh_from_db()
        return management | fields | {"version": draft.version}

    page = cast.url(draft, "isian/bangunan-lain/")
    garage = {"name": "Garasi", "function": "hunian", "floor_area": "18,5", "floors": "1"}
    mine.post(page, rows(1, 0, **garage))
    part = draft.parts.get()
    assert (part.name, part.floor_area) == ("Garasi", Decimal("18.5"))
    mine.post(page, rows(1, 1, **garage, id=part.pk, DELETE="on"))
    assert not draft.parts.exists()


# -- Sending -------------------------------------------------------------------------------
def test_the_sending_page_lists_what_is_missing_with_the_way_to_it(mine, draft):
    page = text(mine.get(cast.url(draft, "kirim/")))
    assert "Isi: Alamat lokasi." in page
    assert cast.url(draft, "isian/lokasi/") in page


def test_sending_too_early_is_422_and_lists_what_is_missing(mine, draft):
    answer = cast.send(mine, draft, ikut_krk="on")
    assert answer.status_code == 422 and "Isi: Alamat lokasi." in text(answer)
    assert draft.state == "DRAFT" and not draft.statements


def test_what_was_sent_is_shown_but_not_changed(mine, draft):
    cast.fill(mine, draft)
    cast.send(mine, draft, ikut_krk="on")
    page = text(mine.get(cast.url(draft, "isian/lokasi/")))
    assert "Jl. Melati 4" in page and "<form" not in page.partition("</header>")[2]
    assert cast.save(mine, draft, "lokasi", {"address": "Lain"}).status_code == 409


def test_a_statement_must_be_ticked(mine, draft):
    cast.fill(mine, draft)
    assert cast.send(mine, draft).status_code == 422
    assert draft.state == "DRAFT"


def test_a_complete_krk_form_goes_out(mine, draft):
    cast.fill(mine, draft)
    answer = cast.send(mine, draft, ikut_krk="on")
    assert answer.status_code == 200
    assert draft.state == "KRK_REQUESTED" and "ikut_krk" in draft.statements
    assert "Giliran Petugas Pelayanan" in text(answer)


def test_a_small_house_goes_out_without_a_krk(mine, siti):
    application = cast.submitted(mine, siti)
    assert application.state == "SUBMITTED"
    page = text(mine.get(cast.url(application)))
    assert application.number in page and "Tanda Terima" in page
    assert "28 hari kerja sejak" in page


# -- Leaving -------------------------------------------------------------------------------
def test_a_draft_is_deleted_after_a_question(mine, draft):
    assert "Hapus draf ini?" in text(mine.get(cast.url(draft, "hapus/")))
    mine.post(cast.url(draft, "hapus/"))
    assert not Application.objects.exists()


def test_what_was_sent_cannot_be_deleted(mine, siti):
    application = cast.submitted(mine, siti)
    assert mine.post(cast.url(application, "hapus/")).status_code == 409


def test_withdrawing_asks_first(mine, siti):
    application = cast.submitted(mine, siti)
    page = cast.url(application, "langkah/withdraw/")
    assert "Cabut permohonan?" in text(mine.get(page))
    mine.post(page, {"version": application.version})
    application.refresh_from_db()
    assert application.state == "WITHDRAWN"


def test_a_move_of_the_office_is_403_for_the_applicant(mine, siti):
    application = cast.submitted(mine, siti)
    answer = mine.post(cast.url(application, "langkah/endorse/"), {"version": application.version})
    assert answer.status_code == 403


def test_a_move_from_an_old_page_is_409(mine, siti):
    application = cast.submitted(mine, siti)
    answer = mine.post(cast.url(application, "langkah/withdraw/"), {"version": 0})
    assert answer.status_code == 409
    assert f'href="{cast.url(application)}"' in text(answer)


def test_an_unknown_move_is_404(mine, draft):
    assert mine.post(cast.url(draft, "langkah/terbang/")).status_code == 404


def test_the_list_costs_the_same_for_many_cases(mine, siti, django_assert_max_num_queries):
    for _ in range(12):
        casework.create(siti, cast.DAERAH)
    with django_assert_max_num_queries(8):
        mine.get("/permohonan/")


def test_the_page_of_a_case_asks_the_database_little(mine, siti, django_assert_max_num_queries):
    application = cast.submitted(mine, siti)
    with django_assert_max_num_queries(35):
        mine.get(cast.url(application))
