"""The lists of the desk: filters, pages, search, taking and handing over, through their pages."""

import re

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from many_cases import NIK, fill

from accounts.models import Posting, User
from applications.models import Application, Handover
from applications.office import counting, queue
from imbportal.demo import people
from notifications.models import Message

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def at_desk(client, demo, db):
    """Return a function that logs an officer of the model daerah in and gives the client."""

    def of(role, slug="contoh"):
        client.force_login(people.officers(slug)[role], backend=BACKEND)
        return client

    return of


@pytest.fixture
def colleague(db):
    """Another officer of the counter."""
    user = User.objects.create_user("rekan@kantor.test", None, "x", name="Rekan Loket")
    posted = people.officers("contoh")["petugas"].postings.get(role="petugas")
    Posting.objects.create(
        user=user, daerah="contoh", unit=posted.unit, role="petugas", valid_from="2024-01-01"
    )
    return user


def words(response):
    return " ".join(response.content.decode().split())


def numbers(response):
    return [row["case"].number for row in response.context["rows"]]


def walk(client, address, way):
    """Return the numbers of every page from this one on, in one direction."""
    pages = []
    while address:
        answer = client.get(f"/admin/{address}")
        pages.append(numbers(answer))
        address = answer.context[way]
    return pages


# -- Pages ----------------------------------------------------------------------------------
def test_all_pages_together_are_the_queue_forwards_and_backwards(at_desk, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 7)
    fill(40)
    client = at_desk("petugas")
    forth = walk(client, "?", "following")
    whole = list(Application.objects.order_by("due_key", "id").values_list("number", flat=True))
    assert [len(page) for page in forth] == [7, 7, 7, 7, 7, 5] and sum(forth, []) == whole
    last = client.get("/admin/" + _address_of_last(client))
    back = [numbers(last), *walk(client, last.context["previous"], "previous")]
    assert sum(reversed(back), []) == whole and client.get("/admin/").context["previous"] == ""


def _address_of_last(client):
    address, following = "", "?"
    while following:
        address = following
        following = client.get(f"/admin/{address}").context["following"]
    return address


def test_the_nearest_page_comes_first_where_hardly_any_is_left_before(at_desk, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 5)
    fill(12)
    client = at_desk("petugas")
    second = client.get("/admin/" + client.get("/admin/").context["following"])
    row = second.context["rows"][2]["case"]
    answer = client.get(f"/admin/?sebelum={row.due_key}_{row.pk}")
    assert len(numbers(answer)) == 5


# -- Counts ---------------------------------------------------------------------------------
def test_counts_stop_where_they_no_longer_matter(at_desk, monkeypatch):
    monkeypatch.setattr(counting.capped, "__kwdefaults__", {"most": 10})
    fill(30)
    context = at_desk("petugas").get("/admin/").context
    assert context["whole"] == "10+"
    assert [tile["count"] for tile in context["tiles"]][3] == "3"
    assert [(stage["label"], stage["count"]) for stage in context["stages"]] == [
        ("Pemeriksaan kelengkapan", "10+")
    ]


def test_each_tile_counts_what_it_then_shows(at_desk):
    fill(45)
    client = at_desk("petugas")
    for tile in client.get("/admin/").context["tiles"]:
        shown = client.get("/admin/" + tile["url"]).context["rows"]
        assert len(shown) == int(tile["count"]) > 0, tile["label"]


# -- Filters --------------------------------------------------------------------------------
def test_what_is_chosen_is_shown_and_can_be_taken_off_one_by_one(at_desk):
    cases = fill(20)
    client = at_desk("petugas")
    answer = client.get(f"/admin/?q=Melati&kecamatan={cases[0].kecamatan}&pemegang=saya")
    chips = dict(answer.context["chips"])
    assert list(chips)[0] == "“Melati”" and list(chips)[2] == "Petugas: saya"
    assert chips["“Melati”"] == f"?kecamatan={cases[0].kecamatan}&pemegang=saya"
    for text in chips:
        assert text in words(answer)
    assert "q=Melati" not in chips["“Melati”"] and answer.context["cleared"] == "?"


def test_the_holder_filter_parts_mine_from_what_nobody_took(at_desk):
    fill(20)
    client = at_desk("petugas")
    mine = client.get("/admin/?pemegang=saya").context["rows"]
    free = client.get("/admin/?pemegang=bebas").context["rows"]
    assert {row["with"] for row in mine} == {"Saya"} and len(mine) == 4
    assert {row["with"] for row in free} == {"Belum diambil"} and len(free) == 16


def test_a_wrong_filter_counts_as_none(at_desk):
    fill(5)
    answer = at_desk("petugas").get("/admin/?tahap=x&kecamatan=ab&pemegang=x&saring=x&pemilik=x")
    assert len(answer.context["rows"]) == 5 and not answer.context["chips"]


# -- Search ---------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["a00007", "Jl. Anggrek 1", "budi melati 0", "RUMAH 7"])
def test_search_finds_by_number_name_address_and_building(at_desk, typed):
    cases = fill(20)
    found = numbers(at_desk("petugas").get("/admin/", {"q": typed}))
    wanted = {"a00007": 7, "Jl. Anggrek 1": 1, "budi melati 0": 0, "RUMAH 7": 7}[typed]
    assert cases[wanted].number in found and len(found) < 20


def test_a_nik_is_found_without_ever_standing_in_an_address(at_desk):
    cases = fill(40)
    client = at_desk("petugas")
    answer = client.post("/admin/permohonan/cari/", {"q": "3528 0101 0190 0001"})
    assert answer.status_code == 302 and NIK not in answer["Location"].replace("+", "")
    page = client.get(answer["Location"])
    assert set(numbers(page)) == {case.number for case in cases if case.holder.nik_lookup}
    assert "NIK 352801**********" in words(page) and NIK not in words(page)


def test_a_nik_of_another_daerahs_case_is_not_known_here(at_desk):
    fill(5)
    answer = at_desk("petugas", "pamekasan").post(
        "/admin/permohonan/cari/", {"q": NIK}, follow=True
    )
    assert "Tidak ada permohonan dengan NIK itu" in words(answer)
    assert "pemilik" not in answer.request["QUERY_STRING"]


def test_the_search_form_leads_back_to_its_list_with_all_that_was_chosen(at_desk):
    client = at_desk("petugas")
    answer = client.post("/admin/permohonan/cari/", {
        "halaman": "cases", "q": "Budi", "tahap": "FEE", "pemegang": "saya", "saring": "lewat",
    })  # fmt: skip
    assert answer["Location"] == "/admin/permohonan/?q=Budi&tahap=FEE&pemegang=saya&saring=lewat"


# -- Words ----------------------------------------------------------------------------------
def test_a_late_row_says_in_whose_hands_the_days_went(at_desk, drive):
    driver = drive("ASSESSMENT")
    Application.objects.filter(pk=driver.case.pk).update(due_at="2020-01-06")
    with_time = timezone.now() + timezone.timedelta(days=12)
    with time_machine.travel(with_time, tick=False):
        page = words(at_desk("tim_teknis").get("/admin/"))
    assert re.search(r"\d hari kerja pada Tim Penilai Teknis", page) and "lewat" in page


def test_empty_lists_say_so_in_words(at_desk):
    assert "Tidak ada yang menunggu Anda" in words(at_desk("bendahara").get("/admin/"))
    assert "Tidak ada yang cocok" in words(at_desk("bendahara").get("/admin/?q=x"))


def test_several_postings_are_chosen_by_tabs(at_desk):
    fill(3)
    officer = people.officers("contoh")["petugas"]
    second = Posting.objects.create(
        user=officer, daerah="contoh", unit="dinas", role="bendahara", valid_from="2024-01-01"
    )
    client = at_desk("petugas")
    tabs = client.get("/admin/").context["tabs"]
    assert len(tabs) == 2
    assert client.get(f"/admin/?peran={second.pk}").context["rows"] == []
    shown = [len(client.get(f"/admin/{url}").context["rows"]) for url, _, _ in tabs]
    assert sorted(shown) == [0, 3]


def test_of_several_postings_the_first_with_work_is_open(at_desk):
    fill(3)
    officer = people.officers("contoh")["petugas"]
    own = officer.postings.get(role="petugas")
    Posting.objects.filter(pk=own.pk).update(role="bendahara")
    again = Posting.objects.create(
        user=officer, daerah="contoh", unit=own.unit, role="petugas", valid_from="2024-01-01"
    )
    answer = at_desk("petugas").get("/admin/")
    here = [url for url, _, current in answer.context["tabs"] if current]
    assert len(answer.context["rows"]) == 3 and here == [f"?peran={again.pk}"]


# -- Taking ---------------------------------------------------------------------------------
def claim_form(case):
    return {"pemegang": "", "kembali": "/admin/?tahap=SUBMITTED"}


def test_a_case_is_taken_from_the_list_and_the_list_comes_back(at_desk):
    case = fill(2)[1]
    client = at_desk("petugas")
    answer = client.post(f"/admin/permohonan/{case.pk}/ambil/", claim_form(case))
    assert answer["Location"] == "/admin/?tahap=SUBMITTED"
    assert Application.objects.get(pk=case.pk).claimed_by == people.officers("contoh")["petugas"]


def test_who_comes_second_is_told_who_was_first(at_desk, colleague):
    case = fill(2)[1]
    Application.objects.filter(pk=case.pk).update(claimed_by=colleague)
    answer = at_desk("petugas").post(f"/admin/permohonan/{case.pk}/ambil/", claim_form(case))
    assert answer.status_code == 409 and "baru saja diambil Rekan Loket" in words(answer)
    assert Application.objects.get(pk=case.pk).claimed_by == colleague


def test_the_case_page_still_takes_over_knowingly(at_desk, colleague):
    """Negative control: without the holder that the page showed, the claim goes through."""
    case = fill(2)[1]
    Application.objects.filter(pk=case.pk).update(claimed_by=colleague)
    assert at_desk("petugas").post(f"/admin/permohonan/{case.pk}/ambil/").status_code == 302
    assert Application.objects.get(pk=case.pk).claimed_by != colleague


def test_nobody_gives_back_what_a_colleague_holds(at_desk, colleague):
    case = fill(2)[1]
    Application.objects.filter(pk=case.pk).update(claimed_by=colleague)
    answer = at_desk("petugas").post(f"/admin/permohonan/{case.pk}/ambil/", {"lepas": "1"})
    assert answer.status_code == 409


@pytest.mark.parametrize("target", ["https://evil.test/", "//evil.test/admin/", "/keluar/"])
def test_the_way_back_leads_to_a_list_of_the_desk_alone(at_desk, target):
    case = fill(2)[1]
    form = {"pemegang": "", "kembali": target}
    answer = at_desk("petugas").post(f"/admin/permohonan/{case.pk}/ambil/", form)
    assert answer["Location"] == f"/admin/permohonan/{case.pk}/"


# -- Handing over ---------------------------------------------------------------------------
def test_a_case_is_handed_to_a_colleague_who_is_told_with_the_reason(at_desk, colleague):
    case = fill(1)[0]
    client = at_desk("petugas")
    assert f"/admin/permohonan/{case.pk}/serahkan/" in words(client.get("/admin/"))
    address = f"/admin/permohonan/{case.pk}/serahkan/"
    assert "Rekan Loket" in words(client.get(address))
    form = {"kepada": colleague.pk, "alasan": "Saya cuti.", "kembali": "/admin/"}
    assert client.post(address, form)["Location"] == "/admin/"
    made = Handover.objects.get(application=case)
    assert (made.receiver, made.reason) == (colleague, "Saya cuti.")
    assert Application.objects.get(pk=case.pk).claimed_by == colleague
    told = Message.objects.get(user=colleague, channel="kotak")
    assert "menyerahkan permohonan ini" in told.body and "Saya cuti." in told.body
    client.force_login(colleague, backend=BACKEND)
    assert "Diserahkan" in words(client.get("/admin/")) and "Saya cuti." in words(
        client.get("/admin/")
    )


def test_a_case_goes_to_no_other_role_and_to_nobody_unknown(at_desk, colleague):
    case = fill(1)[0]
    address = f"/admin/permohonan/{case.pk}/serahkan/"
    other = people.officers("contoh")["bendahara"]
    for receiver in (other.pk, "", "x", "9" * 30, people.officers("contoh")["petugas"].pk):
        answer = at_desk("petugas").post(address, {"kepada": receiver})
        assert answer.status_code == 422 and "Pilih rekan" in words(answer)
    assert not Handover.objects.exists()


def test_what_a_colleague_holds_is_not_handed_on(at_desk, colleague):
    case = fill(2)[1]
    third = User.objects.create_user("ketiga@kantor.test", None, "x", name="Orang Ketiga")
    Posting.objects.create(
        user=third, daerah="contoh", unit="dinas", role="petugas", valid_from="2024-01-01"
    )
    Application.objects.filter(pk=case.pk).update(claimed_by=colleague)
    answer = at_desk("petugas").post(f"/admin/permohonan/{case.pk}/serahkan/", {"kepada": third.pk})
    assert answer.status_code == 409 and "dipegang Rekan Loket" in words(answer)


def test_a_handover_is_never_rewritten(at_desk, colleague):
    case, petugas = fill(1)[0], people.officers("contoh")["petugas"]
    made = Handover.objects.create(application=case, giver=petugas, receiver=colleague)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Handover.objects.filter(pk=made.pk).update(reason="lain")


# -- Queries --------------------------------------------------------------------------------
def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/admin/", "/admin/permohonan/", "/admin/?q=melati"])
def test_a_list_asks_the_same_of_ten_cases_and_of_a_thousand(at_desk, address):
    fill(10)
    client = at_desk("petugas")
    queries(client, address)  # reads the rules once per process
    few = queries(client, address)
    fill(990, seed="b")
    assert queries(client, address) == few <= 25
