"""Whom a move tells, by what, and what nobody but the office may read."""

import pytest

from applications import casework, services
from imbportal.demo import people
from notifications.models import Message

CHART = {
    5: {"email"}, 8: {"email"}, 10: {"email"}, 12: {"sms"}, 13: {"email"}, 16: {"email"},
    17: {"email"}, 18: {"email"}, 19: {"email"}, 21: {"email"}, 22: {"email"},
}  # fmt: skip
"""Steps of the chart with a notice to the applicant; 2 and 3 are sent by the accounts."""
OFFICE_TOO = {17, 18}
SILENT = {1, 4, 6, 7, 9, 11, 14, 15, 20}


def sent(user, case):
    """Return the channels outside the portal by step."""
    found = {}
    news = Message.objects.filter(user=user, case=case.pk).exclude(template="survei")
    for message in news.exclude(channel="kotak"):
        found.setdefault(message.step, set()).add(message.channel)
    return found


def test_a_straight_walk_of_pamekasan_tells_exactly_at_the_steps_of_the_chart(drive):
    driver = drive("COLLECTED", "pamekasan")
    assert sent(driver.applicant, driver.case) == CHART
    assert not SILENT & set(CHART)
    steps = [step for event in driver.case.events.order_by("seq") for step in event.steps]
    assert steps == [4, 5, 7, 8, *range(10, 23)]


def test_paying_and_the_slip_reach_the_cashier_too(drive):
    driver = drive("COLLECTED", "pamekasan")
    assert set(sent(driver.officers["bendahara"], driver.case)) == OFFICE_TOO


def test_every_notice_lies_in_the_inbox_too(drive):
    driver = drive("COLLECTED", "pamekasan")
    mine = Message.objects.filter(user=driver.applicant, case=driver.case.pk, channel="kotak")
    assert set(CHART) <= set(mine.values_list("step", flat=True))


def test_a_notice_names_the_case_what_happened_what_next_and_by_when(drive):
    driver = drive("AWAITING_PAYMENT", "pamekasan")
    message = Message.objects.filter(user=driver.applicant, channel="email").latest("created_at")
    for words in (driver.case.number, "SKRD terbit", "Bayar retribusi", "Paling lambat"):
        assert words in message.subject + message.body


def test_the_officer_on_turn_reads_the_task_and_its_last_day(drive):
    driver = drive("RECORDING", "pamekasan")
    inbox = Message.objects.filter(user=driver.actor(), channel="kotak")
    body = inbox.latest("created_at").body
    assert "Isi pendataan bangunan gedung" in body
    assert "Batas waktu layanan" in body


def until(driver, state, turn):
    while (driver.fresh().state, driver.case.turn) != (state, turn):
        driver.step()


@pytest.mark.parametrize(
    ("state", "turn", "move"),
    [("PERMIT_SIGNING", 1, "send_back"), ("FEE", 0, "return_assessment"),
     ("ASSESSMENT", 0, "propose_rejection"), ("PERMIT_SIGNING", 0, "return_permit")],
)  # fmt: skip
def test_what_goes_to_and_fro_within_the_office_is_no_message_to_the_applicant(
    drive, client, state, turn, move
):
    driver = drive("SUBMITTED")
    until(driver, state, turn)
    before = Message.objects.filter(user=driver.applicant).count()
    driver.perform(move, driver.actor(), "Kepala meragukan kepemilikan tanah.")
    assert Message.objects.filter(user=driver.applicant).count() == before
    client.force_login(driver.applicant)
    assert "meragukan" not in client.get(f"/permohonan/{driver.case.pk}/").content.decode()


def test_a_refused_slip_comes_back_with_the_reason(drive):
    driver = drive("PAYMENT_REVIEW")
    driver.perform("refuse_payment", driver.actor(), "Jumlah pada slip kurang.")
    message = Message.objects.filter(user=driver.applicant, channel="kotak").latest("created_at")
    assert "Jumlah pada slip kurang." in message.body
    assert "unggah bukti" in message.body


def test_only_the_points_of_this_gate_go_out_with_its_letter(drive):
    driver = drive("ASSESSMENT")
    casework.add_point(driver.fresh(), "Denah tanpa skala.", by=driver.actor())
    head = driver.officers[driver.case.rules.head]
    services.perform("undo_accept", driver.fresh(), by=head, note="Bukti hak diragukan.")
    casework.add_point(driver.fresh(), "Bukti hak tidak terbaca.", by=driver.actor())
    services.perform("return_incomplete", driver.fresh(), by=driver.actor())
    unsent = driver.case.points.filter(sent_at=None)
    assert [point.text for point in unsent] == ["Denah tanpa skala."]


def test_an_auditor_reads_only(drive):
    driver = drive("SUBMITTED")
    auditor = people.officers(driver.slug)["auditor"]
    with pytest.raises(services.Barred):
        casework.add_note(driver.fresh(), "Temuan audit.", by=auditor)
