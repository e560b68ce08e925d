"""The page of a case says in each state what to do, by when, and in whose hands it is."""

import re

import pytest
from lxml import html

from applications import services
from applications.views import progress
from imbportal.demo import people
from imbportal.indonesia import rupiah

pytestmark = pytest.mark.django_db


@pytest.fixture
def read_page(client, drive):
    """Return a function that drives a case to a state and reads its page as its applicant."""

    def read(state, driver=None):
        driver = driver or drive(state)
        client.force_login(driver.applicant)
        answer = client.get(driver.fresh().get_absolute_url())
        assert answer.status_code == 200
        document = html.fromstring(answer.content.decode())
        document.driver = driver
        return document

    return read


def words(node):
    return " ".join(node.text_content().split())


def buttons(document):
    return document.xpath("//main//a[contains(@class, 'btn-primary')]")


def steps(document):
    return [words(item) for item in document.xpath("//ol[@class='steps']/li")]


@pytest.mark.parametrize(
    ("state", "button"),
    [
        ("KRK_INCOMPLETE", "Jawab catatan petugas"),
        ("KRK_ISSUED", "Lanjut mengisi"),
        ("INCOMPLETE", "Jawab catatan petugas"),
        ("REVISION", "Jawab catatan petugas"),
        ("AWAITING_PAYMENT", "Bayar atau unggah bukti"),
        ("READY", "Lihat kode pengambilan"),
        ("COLLECTED", "Unduh PBG"),
    ],
)
def test_one_button_says_what_the_applicant_does_next(read_page, state, button):
    document = read_page(state)
    assert [words(item) for item in buttons(document)] == [button]
    assert buttons(document)[0].get("href")


@pytest.mark.parametrize("state", ["KRK_REQUESTED", "SUBMITTED", "ASSESSMENT", "PAYMENT_REVIEW"])
def test_where_the_office_acts_nothing_is_asked_and_it_is_named(read_page, state):
    document = read_page(state)
    assert buttons(document) == []
    assert "Tidak ada yang perlu Anda lakukan sekarang" in words(document)
    holder = progress.holder(document.driver.case)
    assert holder and f"Giliran {holder}" in words(document)


def test_a_bill_says_amount_last_day_and_days_left(read_page):
    document = read_page("AWAITING_PAYMENT")
    bill = document.driver.case.bills.get()
    panel = words(document.xpath("//section[@aria-label='Yang harus Anda lakukan']")[0])
    assert f"Bayar retribusi {rupiah(bill.amount)}" in panel
    assert re.search(r"SKRD terbit \d+ \w+ \d{4}\. Bayar paling lambat \d+ \w+ \d{4}", panel)
    assert re.search(r"\(\d+ hari lagi\)", panel)


def test_a_refused_proof_says_why_on_top(read_page, drive):
    driver = drive("AWAITING_PAYMENT")
    driver.pay(less=10_000)
    bendahara = driver.officers[driver.fresh().turn_role]
    services.perform(
        "refuse_payment", driver.fresh(), by=bendahara, note="Jumlahnya kurang Rp10.000."
    )
    panel = words(
        read_page("", driver).xpath("//section[@aria-label='Yang harus Anda lakukan']")[0]
    )
    assert "belum diterima: Jumlahnya kurang Rp10.000." in panel


def test_stages_done_say_how_they_ended_and_when(read_page):
    document = read_page("COLLECTED")
    told = " | ".join(steps(document))
    for text in ("Terbit", "Lengkap", "Disetujui", "SKRD terbit", "Lunas", "Diambil"):
        assert re.search(rf"{text}[\w .]* \d+ \w+", told), text


def test_a_stage_counts_its_corrections(read_page, drive):
    driver = drive("INCOMPLETE")
    driver.sideways("resubmit")
    driver.to("RECORDING")
    told = " | ".join(steps(read_page("", driver)))
    assert re.search(r"Lengkap \d+ \w+, setelah 1 perbaikan", told)


def test_a_withdrawn_case_ends_its_stages_where_it_stopped(read_page):
    document = read_page("WITHDRAWN")
    assert "Dicabut" in steps(document)[-1] and "(berhenti)" in steps(document)[-1]
    assert not any("(nanti)" in step for step in steps(document))
    assert [words(b) for b in buttons(document)] == ["Ajukan permohonan baru"]


def test_a_refusal_gives_reason_letter_and_the_way_to_object(read_page, drive):
    driver = drive("REJECTION_SIGNING")
    while driver.fresh().state != "REJECTED":
        driver.step()
    document = read_page("", driver)
    assert [words(b) for b in buttons(document)] == ["Baca surat penolakan"]
    assert "Alasan: Letak bangunan tidak sesuai" in words(document)
    assert "eberatan" in words(document)


def test_the_promise_shows_its_arithmetic(read_page):
    document = read_page("ASSESSMENT")
    lines = dict(
        zip(
            [words(dt) for dt in document.xpath("//details//dt")],
            [words(dd) for dd in document.xpath("//details//dd")],
            strict=True,
        )
    )
    assert lines["Waktu layanan"] == "28 hari kerja"
    assert "Sabtu dan Minggu" in lines["Tidak dihitung"]
    assert re.fullmatch(r"28 hari kerja sejak [\w ]+ = [\w ]+", lines["Hasil"])
    assert f"Janji selesai: paling lambat {lines['Hasil'].split(' = ')[1]}" in words(document)


def test_papers_are_listed_with_their_size(read_page, drive):
    from documents import rendering
    from documents.models import Paper

    driver = drive("SUBMITTED")
    rendering.render(Paper.objects.filter(case=driver.case.pk).exclude(issued_at=None).first().pk)
    assert re.search(r"PDF \d+,\d KB", words(read_page("", driver)))


def test_another_applicant_sees_none_of_it(client, drive):
    driver = drive("SUBMITTED")
    client.force_login(people.applicant("siti"))
    assert client.get(driver.case.get_absolute_url()).status_code == 404
