"""The officers' desk through its pages: queue, case, verdicts, records, buttons."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import services
from applications.models import Application
from applications.office import records
from imbportal.demo import people
from imbportal.demo.driver import Driver


@pytest.fixture
def desk(client, demo, db):
    """Return a function that logs an officer of the model daerah in and gives the client."""

    def of(role, slug="contoh"):
        client.force_login(people.officers(slug)[role], backend=BACKEND)
        return client

    return of


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def page_of(client, case, rest=""):
    return client.get(f"/admin/permohonan/{case.pk}/{rest}")


def words(response):
    return " ".join(response.content.decode().split())


def test_the_queue_shows_what_waits_for_this_posting_and_nothing_else(desk, drive):
    here, elsewhere = drive("SUBMITTED").case, drive("ASSESSMENT").case
    page = words(desk("petugas").get("/admin/"))
    assert here.number in page and "Periksa kelengkapan dokumen" in page
    assert elsewhere.number not in page


def test_the_nearest_deadline_comes_first(desk, drive):
    late, later = drive("SUBMITTED").case, drive("SUBMITTED").case
    Application.objects.filter(pk=late.pk).update(due_at="2020-01-06")
    page = words(desk("petugas").get("/admin/"))
    assert page.index(late.number) < page.index(later.number)
    assert "lewat" in page


def test_search_and_filters_stay_in_the_address(desk, drive):
    case = drive("SUBMITTED").case
    client = desk("petugas")
    assert case.number in words(client.get("/admin/", {"q": case.number, "tahap": "SUBMITTED"}))
    none = words(client.get("/admin/", {"q": "tidak ada", "kecamatan": case.kecamatan}))
    assert "Tidak ada yang cocok" in none and 'value="tidak ada"' in none


def test_an_empty_queue_says_so(desk):
    assert "Antrian kosong" in words(desk("bendahara").get("/admin/"))


def test_long_queues_go_on_by_key(desk, drive, monkeypatch):
    monkeypatch.setattr("applications.office.queue.PAGE", 1)
    numbers = {drive("SUBMITTED").case.number for _ in range(2)}
    client, seen, address = desk("petugas"), set(), "/admin/"
    for _ in range(2):
        response = client.get(address)
        seen |= {row["case"].number for row in response.context["rows"]}
        address = "/admin/" + response.context["following"]
    assert seen == numbers and response.context["following"] == ""


def test_a_queue_asks_no_more_for_more_cases(desk, drive):
    client = desk("petugas")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get("/admin/").status_code == 200
        return len(asked)

    drive("SUBMITTED")
    queries()  # reads the rules once per process
    one = queries()
    drive("SUBMITTED")
    drive("RECORDING")
    assert queries() == one <= 20


def test_a_pale_button_stands_beside_what_is_missing(desk, drive):
    driver = drive("RECORDING")
    page = words(page_of(desk("petugas"), driver.case))
    assert "disabled" in page and "Isi pendataan bangunan gedung." in page


def test_what_cannot_be_taken_back_is_asked_twice(desk, drive):
    driver = drive("KRK_REQUESTED")
    driver.write_records()
    page = words(page_of(desk("petugas"), driver.case))
    assert "KRK langsung bernomor" in page and "Ya, lanjutkan" in page


def test_only_those_on_turn_get_forms(desk, drive):
    case = drive("SUBMITTED").case
    assert "langkah/endorse/" in words(page_of(desk("petugas"), case))
    for role in ("kasi", "bendahara", "auditor", "admin"):
        page = words(page_of(desk(role), case))
        assert "langkah/endorse/" not in page and "verdict" not in page, role


def test_foreign_officers_and_applicants_stay_outside(desk, drive, client):
    driver = drive("SUBMITTED")
    assert page_of(desk("petugas", "pamekasan"), driver.case).status_code == 404
    client.force_login(driver.applicant, backend=BACKEND)
    assert client.get("/admin/", follow=True).status_code == 403
    address = f"/admin/permohonan/{driver.case.pk}/"
    assert client.get(address, follow=True).status_code == 403


def test_a_verdict_without_a_reason_is_refused_and_with_one_becomes_a_point(desk, drive):
    driver = drive("SUBMITTED")
    client = desk("petugas")
    item = next(i for i in page_of(client, driver.case).context["slots"] if i["judgeable"])
    assert client.post(item["url"], {"verdict": "tidak"}).status_code == 422
    client.post(item["url"], {"verdict": "tidak", "reason": "Tidak terbaca."})
    assert "Tidak terbaca." in words(page_of(client, driver.case))
    assert driver.case.points.get(sent_at=None).text == "Tidak terbaca."


def test_an_old_page_is_told_who_was_faster(desk, drive):
    driver = drive("SUBMITTED")
    seen = driver.case.version
    driver.judge_all()
    answer = desk("petugas").post(
        f"/admin/permohonan/{driver.case.pk}/langkah/endorse/", {"version": seen}
    )
    assert answer.status_code == 409 and "baru saja diubah" in words(answer)


def test_a_bad_record_keeps_what_was_typed(desk, drive):
    case = drive("KRK_REQUESTED").case
    typed = {"zone": "Permukiman padat", "allowed_use": "Hunian", "kdb_max": "abc"}
    answer = desk("petugas").post(f"/admin/permohonan/{case.pk}/isian/krk/", typed)
    assert answer.status_code == 422
    assert "Permukiman padat" in words(answer) and not case.records.exists()


def test_figures_are_taken_with_a_comma(desk, drive):
    case = drive("KRK_REQUESTED").case
    typed = {"zone": "R", "allowed_use": "H", "kdb_max": "57,5", "klb_max": "180",
             "kdh_min": "20", "gsb_min": "4,5", "floors_max": "3"}  # fmt: skip
    desk("petugas").post(f"/admin/permohonan/{case.pk}/isian/krk/", typed)
    assert case.records.get(kind="krk").data["kdb_max"] == "57.5"
    assert "57,5 %" in words(page_of(desk("petugas"), case))


def test_the_signatory_sees_the_paper_before_it_is_signed(desk, drive):
    driver = drive("PERMIT_SIGNING")
    while driver.fresh().turn_role != "kepala":
        driver.step()
    answer = page_of(desk("kepala"), driver.case, "pratinjau/izin/")
    assert answer.content.startswith(b"%PDF")
    assert page_of(desk("petugas"), driver.case, "pratinjau/izin/").status_code == 404


def test_a_case_is_taken_and_given_back(desk, drive):
    case = drive("SUBMITTED").case
    client = desk("petugas")
    client.post(f"/admin/permohonan/{case.pk}/ambil/")
    assert Application.objects.get(pk=case.pk).claimed_by == people.officers("contoh")["petugas"]
    client.post(f"/admin/permohonan/{case.pk}/ambil/", {"lepas": "1"})
    assert Application.objects.get(pk=case.pk).claimed_by is None


def test_nobody_types_a_fee_or_a_state(desk, drive):
    driver = drive("FEE")
    case = driver.case
    desk("petugas").post(
        f"/admin/permohonan/{case.pk}/hitung/", {"total": "1", "amount": "1", "state": "ISSUED"}
    )
    case.refresh_from_db()
    assert case.state == "FEE" and case.assessments.get().total > 1


def test_the_code_opens_the_handing_over_and_a_wrong_one_does_not(desk, drive):
    driver = drive("READY")
    address = f"/admin/permohonan/{driver.case.pk}/isian/serah_terima/"
    client = desk("petugas")
    wrong = {"code": "000000", "receiver": "Budi", "relation": "pemohon"}
    assert "tidak cocok" in words(client.post(address, wrong))
    assert client.post(address, wrong | {"code": driver.case.pickup_code}).status_code == 302


def test_a_code_cannot_be_guessed_on_the_desk(desk, drive):
    driver = drive("READY")
    address = f"/admin/permohonan/{driver.case.pk}/isian/serah_terima/"
    client = desk("petugas")
    form = {"code": "000000", "receiver": "Budi", "relation": "pemohon"}
    for _ in range(records.GUESSES.most):
        assert "tidak cocok" in words(client.post(address, form))
    shut = client.post(address, form | {"code": driver.case.pickup_code})
    assert shut.status_code == 422 and "Tunggu 15 menit" in words(shut)
    assert not driver.case.records.filter(kind="serah_terima").exists()


def test_a_building_can_be_added_to_the_record_without_losing_what_was_typed(demo, client, db):
    driver = Driver("contoh", people.applicant("budi"))
    driver.to("RECORDING")
    client.force_login(driver.officers["petugas"], backend=BACKEND)
    address = f"/admin/permohonan/{driver.case.pk}/isian/pendataan/"
    typed = {"b-TOTAL_FORMS": "1", "b-INITIAL_FORMS": "1", "b-0-nama": "Rumah induk",
             "tambah": "1"}  # fmt: skip
    page = words(client.post(address, typed))
    assert "Rumah induk" in page and 'name="b-1-nama"' in page


def test_what_came_back_says_from_whom_and_why(desk, drive):
    driver = drive("FEE")
    officer = driver.officers["petugas"]
    services.perform("return_assessment", driver.fresh(), by=officer, note="Luas perlu diukur.")
    client = desk("tim_teknis")
    for page in (words(client.get("/admin/")), words(page_of(client, driver.case))):
        assert "Dikembalikan Petugas Pelayanan" in page and "Luas perlu diukur." in page


def test_a_button_says_each_thing_that_it_lacks_once(desk, drive):
    moves = page_of(desk("petugas"), drive("KRK_REQUESTED").case).context["moves"]
    assert [move["why"] for move in moves if move["name"] == "issue_krk"] == [["Isi data KRK."]]


def test_remarks_are_asked_for_only_where_a_letter_can_go_out(desk, drive):
    assert "Tambah catatan" in words(page_of(desk("petugas"), drive("SUBMITTED").case))
    assert "Tambah catatan" not in words(page_of(desk("bendahara"), drive("PAYMENT_REVIEW").case))


def test_a_bill_of_nothing_is_not_offered_beside_a_bill(desk, drive):
    driver = drive("SKRD_SIGNING")
    while driver.fresh().turn_role != "kepala":
        driver.step()
    names = [move["name"] for move in page_of(desk("kepala"), driver.case).context["moves"]]
    assert "issue_skrd" in names and "issue_nil_skrd" not in names


@pytest.mark.parametrize("role", ["auditor", "admin"])
def test_who_only_reads_has_nothing_to_press(desk, drive, role):
    case = drive("SUBMITTED").case
    page = words(page_of(desk(role), case)).partition("<main")[2]
    assert "<button" not in page
    note = desk(role).post(f"/admin/permohonan/{case.pk}/catatan/", {"text": "Halo"})
    assert note.status_code == 403 and not case.notes.exists()


def test_a_tile_keeps_the_search_and_a_second_click_lets_go(desk):
    tiles = desk("petugas").get("/admin/?q=kos&saring=lewat").context["tiles"]
    assert [tile["url"] for tile in tiles[:2]] == ["?q=kos", "?q=kos&saring=hari-ini"]


def test_a_case_asks_no_more_beside_many_cases(desk, drive):
    client, case = desk("petugas"), drive("SUBMITTED").case

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert page_of(client, case).status_code == 200
        return len(asked)

    queries()  # reads the rules once per process
    one = queries()
    drive("SUBMITTED")
    assert queries() == one <= 80


def test_a_barred_move_leads_back_to_the_case(desk, drive):
    case = drive("SUBMITTED").case
    answer = desk("bendahara").post(f"/admin/permohonan/{case.pk}/langkah/accept/")
    assert answer.status_code == 403
    assert f'href="/admin/permohonan/{case.pk}/"' in words(answer)


def test_a_case_with_its_applicant_waits_for_nobody_at_the_office(desk, drive):
    drive("INCOMPLETE")
    page = words(desk("auditor").get("/admin/permohonan/"))
    assert "Menunggu pemohon" in page and "Belum diambil" not in page


def test_a_case_that_was_withdrawn_before_it_had_a_track_asks_for_no_record(drive, client):
    driver = drive("DRAFT")
    services.perform("withdraw", driver.fresh(), by=driver.applicant)
    client.force_login(people.officer("contoh", "petugas"))
    answer = client.get(f"/admin/permohonan/{driver.case.pk}/isian/penilaian/")
    assert driver.fresh().track == "" and answer.status_code == 404
