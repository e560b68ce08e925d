"""What a return, an undo and a reopening void, and what they leave standing."""

import pytest

from accounts.models import User
from applications import casework, requirements, services
from applications.refusals import Barred, Unmet
from documents.models import Paper
from imbportal.demo import people
from retribusi.models import Skrd

VOID, VALID = Paper.Status.VOID, Paper.Status.VALID


def papers(case, kind):
    return list(Paper.objects.filter(case=case.pk, kind=kind).order_by("created_at"))


def until(driver, state, turn):
    """Let the office act until the case stands at this link."""
    while (driver.fresh().state, driver.case.turn) != (state, turn):
        driver.step()


def test_send_back_voids_the_act_of_the_link_before_and_its_paraf(drive):
    driver = drive("PERMIT_SIGNING")
    until(driver, "PERMIT_SIGNING", 3)
    driver.sideways("send_back")
    case = driver.fresh()
    assert case.turn == 2
    standing = case.acts.filter(gate="PERMIT_SIGNING", voided_at=None)
    assert sorted(act.link for act in standing) == [0, 1]


def test_a_permit_sent_back_is_signed_anew_and_numbered_once(drive):
    driver = drive("PERMIT_SIGNING")
    until(driver, "PERMIT_SIGNING", 3)
    driver.sideways("send_back")
    driver.to("COLLECTED")
    permits = papers(driver.case, "izin")
    valid = [paper for paper in permits if paper.status == VALID]
    assert permits == valid and len(valid) == 1
    parafs = valid[0].signatures.filter(voided_at=None)
    assert sorted(paraf.role for paraf in parafs) == ["kasi", "kepala", "sekretaris"]
    assert valid[0].signatures.filter(role="sekretaris").exclude(voided_at=None).count() == 1


def test_return_permit_keeps_bill_receipt_and_payment_and_voids_the_rest(drive):
    driver = drive("PERMIT_SIGNING")
    driver.perform("return_permit", driver.actor(), "Luas pada izin belum sama dengan gambar.")
    case = driver.fresh()
    assert (case.state, case.turn) == ("ASSESSMENT", 0)
    assert papers(case, "skrd")[0].status == papers(case, "tanda_terima")[0].status == VALID
    assert papers(case, "persetujuan")[0].status == VOID
    assert not case.acts.filter(voided_at=None, gate__in=["ASSESSMENT", "FEE", "PAYMENT_REVIEW"])
    assert case.payments.count() == 1


def test_what_was_paid_is_not_billed_again(drive):
    driver = drive("PERMIT_SIGNING")
    driver.perform("return_permit", driver.actor(), "Luas pada izin belum sama dengan gambar.")
    until(driver, "SKRD_SIGNING", 1)
    with pytest.raises(Unmet, match="Tidak ada retribusi"):
        services.perform("issue_skrd", driver.fresh(), by=driver.actor())
    driver.to("COLLECTED")
    assert Skrd.objects.filter(application=driver.case).count() == 1


def test_a_voided_bill_is_issued_anew_with_a_new_number(drive):
    driver = drive("AWAITING_PAYMENT")
    first = Skrd.objects.get(application=driver.case)
    head = driver.officers[driver.case.rules.head]
    services.perform("void_skrd", driver.fresh(), by=head, note="Luas salah catat.")
    driver.to("AWAITING_PAYMENT")
    second = Skrd.objects.get(application=driver.case, voided_at=None)
    first.refresh_from_db()
    assert first.voided_at and first.paper.status == VOID
    assert second.number != first.number and second.paper.status == VALID


@pytest.mark.kewajiban("PRO-06")
def test_a_revision_resumes_at_the_link_that_asked(drive):
    driver = drive("ASSESSMENT", "pamekasan")
    until(driver, "ASSESSMENT", 1)
    driver.sideways("request_revision")
    assert driver.fresh().turn_role == ""
    driver.sideways("revise")
    case = driver.fresh()
    assert (case.state, case.turn, case.turn_role) == ("ASSESSMENT", 1, "tim_teknis")
    assert case.acts.filter(gate="ASSESSMENT", link=0, voided_at=None).exists()


def test_undo_accept_voids_the_acts_of_the_check_and_keeps_the_receipt(drive):
    driver = drive("RECORDING")
    driver.sideways("undo_accept")
    case = driver.fresh()
    assert (case.state, case.turn) == ("SUBMITTED", 0)
    assert not case.acts.filter(gate="SUBMITTED", voided_at=None).exists()
    assert papers(case, "tanda_terima")[0].status == VALID


def test_a_refused_case_can_be_opened_again_by_the_head(drive):
    driver = drive("REJECTED")
    letter = papers(driver.case, "penolakan")[0]
    head = driver.officers[driver.case.rules.head]
    services.perform("reopen", driver.fresh(), by=head, note="Ada keberatan yang beralasan.")
    case = driver.fresh()
    letter.refresh_from_db()
    assert (case.state, case.turn) == ("SUBMITTED", 0)
    assert letter.status == VOID


def test_a_stage_that_a_track_lacks_is_passed_by_the_system_unseen(drive):
    driver = drive("READY")
    hidden = driver.case.events.filter(hidden=True)
    assert [(event.move, event.source) for event in hidden] == [("update_building", "ISSUED")]
    assert hidden[0].actor.is_system


def test_a_krk_refused_is_no_krk_issued(drive):
    driver = drive("KRK_REQUESTED")
    driver.sideways("refuse_krk")
    case = driver.fresh()
    assert case.state == "REJECTED"
    assert papers(case, "krk") == []
    assert papers(case, "penolakan_krk")[0].status == VALID


def test_one_person_holds_one_duty_in_a_case(drive):
    driver = drive("ASSESSMENT")
    verifier = driver.officers["petugas"]
    give_role(verifier, driver.slug, "tim_teknis")
    with pytest.raises(Barred, match="verifikasi"):
        services.perform("approve_technical", driver.fresh(), by=verifier)


def test_a_second_account_of_the_same_person_is_the_same_person(drive):
    driver = drive("ASSESSMENT")
    twin = User.objects.create_user("kembar@kantor.test", name="Kembar")
    for user in (driver.officers["petugas"], twin):
        people_identity(user)
    held = driver.case.duties.get(duty="verifikasi")
    held.nik_lookup = twin.identity.nik_lookup
    held.save()
    give_role(twin, driver.slug, "tim_teknis")
    with pytest.raises(Barred):
        services.perform("approve_technical", driver.fresh(), by=twin)


def test_an_officer_never_works_on_his_own_application(drive):
    driver = drive("SUBMITTED")
    give_role(driver.applicant, driver.slug, "petugas")
    with pytest.raises(Barred, match="pemohon"):
        services.perform("endorse", driver.fresh(), by=driver.applicant)
    with pytest.raises(Barred):
        casework.add_point(driver.fresh(), "Catatan sendiri", by=driver.applicant)


def give_role(user, slug, role):
    officer = people.officers(slug)[role].postings.get(role=role)
    user.postings.create(daerah=slug, unit=officer.unit, role=role, valid_from=officer.valid_from)


def people_identity(user):
    from accounts.models import Identity

    return Identity.objects.create(
        user=user, name=user.name, nik="3404072902000003", address="Jl. Contoh"
    )


def test_a_document_replaced_after_its_check_is_judged_where_the_case_stands(drive):
    driver = drive("ASSESSMENT")
    driver.sideways("request_revision")
    checked = next(s for s in requirements.due(driver.fresh()) if s.good)
    driver.replace(checked)
    driver.sideways("revise")
    with pytest.raises(Unmet, match="Belum sesuai"):
        services.perform("approve_technical", driver.fresh(), by=driver.actor())
    driver.to("FEE")


def test_points_of_a_later_round_on_what_did_not_change_are_new_findings(drive):
    driver = drive("SUBMITTED")
    driver.sideways("return_incomplete")
    driver.sideways("resubmit")
    unchanged = next(s for s in requirements.due(driver.fresh()) if s.version.number == 1)
    casework.add_point(driver.case, "Baru terlihat.", by=driver.actor(), requirement=unchanged.code)
    assert driver.case.points.get(text="Baru terlihat.").new_finding
