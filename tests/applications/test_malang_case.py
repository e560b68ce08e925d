"""A case of Malang from draft to collected: five steps, fourteen days, the form's fee."""

import datetime
import itertools

import pytest
import time_machine

from applications import casework, clock, lateness
from documents.models import Paper
from imbportal.demo import records
from notifications.models import Message
from retribusi import building, services
from tests.applications.office_cast import BACKEND, Desk

pytestmark = pytest.mark.django_db
TOLD = {
    "submit": {"email"}, "accept": {"email"}, "issue_skrd": {"email"}, "issue_permit": {"email"},
    "hand_over": {"email"},
}  # fmt: skip
"""Moves of a straight walk with a notice to the applicant outside the portal."""
TASK = "Antarkan IMB ke alamat pemohon"
DELIVERED = "petugas wajib mengantarkan sertifikat ke alamat pemohon"


@pytest.fixture
def collected(drive):
    return drive("COLLECTED", "malang")


def steps(case):
    return [step for event in case.events.order_by("seq") for step in event.steps]


@pytest.mark.kewajiban("MAL-03")
def test_the_steps_of_a_straight_walk_are_one_to_five_in_order(collected):
    assert [step for step, _ in itertools.groupby(steps(collected.case))] == [1, 2, 3, 4, 5]


def test_the_file_tells_the_applicant_at_these_moves_and_no_other(collected):
    told = {}
    news = Message.objects.filter(user=collected.applicant, case=collected.case.pk)
    for message in news.exclude(template="survei"):  # the portal's own question, after the last
        if message.channel != "kotak":
            event = collected.case.events.get(pk=message.key.split(":")[1])
            told.setdefault(event.move, set()).add(message.channel)
    assert told == TOLD


@pytest.mark.kewajiban("MAL-03")
def test_customer_service_gives_the_receipt_when_the_file_is_complete(drive):
    driver = drive("SUBMITTED", "malang")
    receipts = Paper.objects.filter(case=driver.case.pk, kind="tanda_terima")
    assert driver.case.turn_role == "customer_service" and not receipts.exists()
    driver.act()
    assert receipts.exclude(number="").count() == 1


@pytest.mark.kewajiban("MAL-04")
def test_the_promised_day_is_fourteen_days_after_complete_whatever_came_before(drive):
    with time_machine.travel(datetime.datetime(2026, 7, 1, 3, tzinfo=datetime.UTC), tick=False):
        driver = drive("SUBMITTED", "malang")
    assert clock.due(driver.fresh()) is None
    with time_machine.travel(datetime.datetime(2026, 7, 6, 3, tzinfo=datetime.UTC), tick=False):
        driver.act()
        assert driver.fresh().due_at == clock.due(driver.case) == datetime.date(2026, 7, 20)


@pytest.mark.kewajiban("MAL-04")
def test_the_clock_ends_when_the_permit_is_issued(collected):
    (running,) = clock.totals(collected.case, list(collected.case.events.order_by("seq")))
    issued = collected.case.events.get(move="issue_permit")
    assert running.finished == clock.local_date(collected.case, issued.at)


@pytest.mark.kewajiban("MAL-10")
def test_a_late_permit_is_delivered_and_everyone_is_told_so(drive, client):
    begun = datetime.datetime(2026, 7, 1, 3, tzinfo=datetime.UTC)
    with time_machine.travel(begun, tick=False):
        driver = drive("PERMIT_SIGNING", "malang")
        assert clock.overdue(driver.case) is None
    with time_machine.travel(begun + datetime.timedelta(days=20), tick=False):
        driver.act()
        told = Message.objects.filter(user=driver.applicant, channel="email").latest("created_at")
        assert driver.fresh().state == "READY" and DELIVERED in told.body
        client.force_login(driver.applicant, backend=BACKEND)
        assert DELIVERED in client.get(driver.case.get_absolute_url()).content.decode()
        desk = Desk(client, driver.case, "customer_service")
        assert DELIVERED in desk.page().content.decode()
        queue = client.get("/admin/?daerah=malang&saring=lewat").content.decode()
        assert driver.case.number in queue and TASK in queue
        form = f"/admin/permohonan/{driver.case.pk}/isian/serah_terima/"
        given = {"way": "antar", "receiver": "Siti", "relation": "pemohon", "address": "Jl. Ijen 1"}
        assert client.post(form, given).status_code == 302
        driver.perform("hand_over", driver.officers["customer_service"])
    assert clock.overdue(driver.fresh()) is None and driver.case.due_at is None
    receipt = Paper.objects.get(case=driver.case.pk, kind="tanda_antar")
    assert receipt.number and "diantar ke Jl. Ijen 1" in str(receipt.content)


def test_the_head_is_told_of_a_permit_that_nobody_has_brought(drive):
    begun = datetime.datetime(2026, 7, 1, 3, tzinfo=datetime.UTC)
    with time_machine.travel(begun, tick=False):
        driver = drive("PERMIT_SIGNING", "malang")
    with time_machine.travel(begun + datetime.timedelta(days=20), tick=False):
        driver.act()
        lateness.run()
    told = Message.objects.filter(template="tenggat_kantor", case=driver.case.pk, channel="email")
    assert [message.user for message in told] == [driver.officers[driver.case.rules.head]]
    assert TASK in told.get().body


@pytest.mark.kewajiban("MAL-10")
def test_a_permit_in_time_is_not_said_to_be_delivered(drive):
    driver = drive("READY", "malang")
    told = Message.objects.filter(user=driver.applicant, channel="email").latest("created_at")
    assert clock.overdue(driver.case) is None and DELIVERED not in told.body


@pytest.mark.kewajiban("MAL-05", "MAL-06")
def test_the_fee_of_the_form_stands_on_every_bill_though_nobody_chose_it(collected):
    case = collected.case
    assert case.records.get(kind="pendataan").data["biaya"] == []
    bill, result = services.live_bill(case), services.newest(case).result
    lines = {step["label"]: step["tercetak"] for step in result["rincian"]}
    assert lines["Formulir permohonan dan biaya pendaftaran IMB"] == "5.000,00"
    assert bill.amount == result["total"]
    assert {a["jenis"]: a["jumlah"] for a in result["rekening"]}["biaya"] == 5000
    printed = str(bill.paper.content["sections"])
    assert "Formulir permohonan dan biaya pendaftaran IMB" in printed
    assert "RIMB = FB × NLB × NTKB × NTPB" in printed


def test_the_permit_names_the_assessment_for_there_is_no_paper_of_approval(collected):
    permit = Paper.objects.get(case=collected.case.pk, kind="izin")
    assert "Hasil penilaian dokumen rencana teknis." in str(permit.content["sections"])


@pytest.mark.kewajiban("MAL-06")
def test_the_fee_is_owed_once_even_where_the_record_names_it(drive):
    driver = drive("RECORDING", "malang")
    data = records.write(driver.case, "pendataan")
    casework.record(driver.case, "pendataan", data | {"biaya": ["formulir"]}, by=driver.actor())
    driver.perform("record_building", driver.actor())
    driver.act()
    calculated = casework.assess(driver.fresh(), by=driver.actor())
    assert calculated.input["biaya"] == ["formulir"]
    assert services.ready(driver.fresh()) == []


def test_a_record_that_changed_asks_for_a_new_calculation(drive):
    driver = drive("FEE", "malang")
    casework.assess(driver.fresh(), by=driver.actor())
    assert services.ready(driver.case) == []
    record = driver.case.records.get(kind="pendataan")
    record.data = record.data | {"biaya": ["administrasi"]}
    record.save()
    assert "Hitung ulang" in services.ready(driver.fresh())[0]


def test_the_form_of_the_record_offers_neither_the_fee_that_is_owed_anyway_nor_that_of_services(
    drive,
):
    form = building.building_form(drive("RECORDING", "malang").case)
    assert [field.name for field in form.whole.fees] == []
    assert [int(fee.value) for fee in form.whole.owed] == [5000]
