"""The counter: filed for who came in person, claimed by him later; refusals; paper dossiers."""

import datetime
import uuid
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import walk_ins
from accounts.models import Identity, Posting, User, WalkIn
from applications import clock, counter, parents, requirements, services
from applications.models import Application, Event, Takeover
from applications.refusals import Barred
from applications.workflow import MOVES
from documents.models import Paper
from imbportal.daerah import calendar, registry
from imbportal.demo import people
from imbportal.demo.at_counter import AtCounter, walk_in
from imbportal.indonesia import tanggal
from notifications.models import Message
from retribusi import invariants
from tests.applications.applicant_cast import SMALL, fill, person, send, upload_all
from tests.applications.counter_cast import (
    NAME,
    NIK,
    PAPER,
    at_counter,
    browser,
    claim,
    entered,
    filed,
    opened,
)
from tests.applications.office_cast import words

pytestmark = [pytest.mark.django_db, pytest.mark.satu_basis_data]


@pytest.fixture
def desk(demo):
    return at_counter()


@pytest.mark.kewajiban("SLE-18")
def test_a_person_without_login_files_at_the_counter_and_takes_the_case_over(desk, client):
    """The whole way: counter, submit, slip, claim; afterwards the counter acts no more."""
    case = filed(desk, phone="0812 7000 9999", email="trisno@contoh.test")
    user, event = case.applicant, case.events.get()
    assert (case.filed_by, event.actor) == (desk.officer, desk.officer)
    assert event.capacity == "Petugas loket, atas nama pemohon"
    assert not user.has_usable_password() and user.email is None and user.phone is None
    assert {m.address for m in user.messages.exclude(channel="kotak")} == {"trisno@contoh.test"}
    asked = {slot.code for slot in requirements.due(case)}
    assert "loket_pernyataan" in asked and "loket_tanda_terima" not in asked
    slip = words(desk.get(f"/admin/loket/{case.pk}/bukti/"))
    assert case.number in slip and case.secret in slip and "/permohonan/klaim/" in slip
    assert "/permohonan/klaim/" in str(Paper.objects.get(case=case.pk).content)
    assert "saya sampaikan sendiri di loket" in words(desk.get(f"/admin/loket/{case.pk}/formulir/"))
    assert NAME in words(desk.get("/admin/loket/"))
    kontak = f"/admin/loket/{case.pk}/kontak/"
    assert desk.post(kontak, {"email": "baru@contoh.test", "phone": "12"}).status_code == 422
    assert desk.post(kontak, {"email": "baru@contoh.test", "phone": ""}).status_code == 302

    own = person("Sutrisno", "trisno@surel.test", NIK)
    own.identity.delete()
    his = browser(own)
    for wrong in ({"number": "1/X"}, {"secret": "ABCDEFGHJK"}, {"nik": people.nik(812)}):
        answer = claim(his, case, **wrong)
        assert answer.status_code == 422 and "tidak cocok" in words(answer)
    assert claim(his, case).status_code == 302
    assert case.number in words(his.get(case.get_absolute_url()))
    assert desk.get(case.get_absolute_url()).status_code == 404
    version = Application.objects.get(pk=case.pk).version
    late = desk.post(f"/permohonan/{case.pk}/langkah/withdraw/", {"version": version})
    assert late.status_code == 403
    assert "diurus pemohon sendiri" in words(desk.get(f"/admin/permohonan/{case.pk}/"))
    assert Identity.objects.get(nik_lookup=own.identity.nik_lookup).user == own
    assert Takeover.objects.get().giver == user and not User.objects.get(pk=user.pk).is_active
    told = Message.objects.filter(template="klaim_loket").exclude(channel="kotak")
    assert [m.address for m in told] == ["baru@contoh.test"]
    # Another one with all three is refused as if they were wrong.
    other = person("Lain", "lain@surel.test", people.nik(813))
    other.identity.delete()
    assert claim(browser(other), case).status_code == 422
    assert claim(his, case).status_code == 302
    assert not [fault for fault in invariants.faults() if fault.check in ("riwayat", "tugas")]


def test_no_second_identity_and_the_person_with_a_login_is_asked_for_first(desk):
    """A masked name is confirmed; the case is his at once, and he may end the counter's part."""
    siti = people.applicant("siti")
    data = {"daerah": "contoh", "nik": siti.identity.nik, "jenis": "perorangan", "cara": "loket"}
    page = desk.post("/admin/loket/terima/", data)
    assert "S*** R****" in words(page) and siti.name not in words(page)
    assert desk.post("/admin/loket/terima/", data | {"simpan": "1"}).status_code == 422
    sent = data | {"simpan": "1", "akun": str(siti.pk), "key": str(uuid.uuid4())}
    first, second = (desk.post("/admin/loket/terima/", sent) for _ in range(2))
    assert first.status_code == 302 and first.url == second.url
    case = Application.objects.get()
    assert (case.applicant, case.filed_by) == (siti, desk.officer)
    assert siti.messages.filter(template="loket", channel="kotak").count() == 1
    after_krk = counter.slots(Application(daerah="contoh", track="pbg", filed_by_id=siti.pk))
    assert [slot.due for slot in after_krk] == ["request_krk", "submit"]
    assert WalkIn.objects.count() == 0 and siti.identity == case.holder
    hers = browser(siti)
    assert "Urus sendiri mulai sekarang" in words(hers.get(case.get_absolute_url()))
    assert desk.get(case.get_absolute_url()).status_code == 200
    assert hers.post(f"/permohonan/{case.pk}/ambil-alih/").status_code == 302
    assert hers.post(f"/permohonan/{case.pk}/ambil-alih/").status_code == 409
    assert desk.get(case.get_absolute_url()).status_code == 404
    assert "loket_pernyataan" not in {s.code for s in requirements.due(Application.objects.get())}
    # She sends it with no paper of the counter, and none is asked for later.
    fill(hers, case, plan=SMALL)
    upload_all(hers, case)
    send(hers, case, data_benar="on")
    case = Application.objects.get()
    assert case.state == "SUBMITTED" and case.taken_over_at < case.registered_at
    assert "loket_pernyataan" not in {s.code for s in requirements.due(case)}


def cards():
    """Return the files beside the database."""
    folder = Path(default_storage.location)
    return {path for path in folder.rglob("*") if path.is_file()}


def test_a_service_on_a_permit_is_filed_at_the_counter_too(drive):
    """An older permit by its number; one of the portal's only for its holder; nothing is lost."""
    permitted, desk = drive("COLLECTED", "malang"), at_counter("malang", "customer_service")
    assert "Layanan atas IMB yang sudah terbit" in words(desk.get("/admin/loket/"))
    named = {"number": "640/12/IMB/2009", "date": "2009-05-04"}
    asked = {"daerah": "malang", "untuk": "layanan"} | named
    first = {"nik": NIK, "jenis": "perorangan", "cara": "loket"}
    page = desk.post("/admin/loket/terima/", asked | first)
    assert "Nomor izin" in words(page)
    another = parents.permit(permitted.case).number
    kept = cards()
    refused = entered(desk, **asked | {"number": another})
    assert refused.status_code == 422 and "tidak terbit atas nama pemohon ini" in words(refused)
    assert NAME in refused.content.decode() and not WalkIn.objects.exists()
    assert cards() == kept, "a card was kept of somebody who was not entered"
    case = opened(desk, **asked)
    assert (case.parent_number, case.filed_by, case.holder.name) == (
        "640/12/IMB/2009", desk.officer, NAME,
    )  # fmt: skip
    answers = {"layanan": "duplikat", "keadaan_dokumen": "rusak", "version": case.version}
    assert desk.post(f"{case.get_absolute_url()}isian/layanan/", answers).status_code == 302
    case.refresh_from_db()
    due = {slot.code for slot in requirements.due(case)}
    assert {"dokumen_rusak", "loket_pernyataan"} <= due
    form = words(desk.get(f"/admin/loket/{case.pk}/formulir/"))
    assert "IMB nomor 640/12/IMB/2009 tanggal 4 Mei 2009" in form
    assert "Formulir permohonan layanan atas IMB" in form
    assert "Layanan atas" not in words(at_counter().get("/admin/loket/"))


def test_who_may_not_file_is_told_why(desk):
    """Himself; another daerah's officer; an officer of another role; a wrong NIK keeps the rest."""
    officer = desk.officer
    Identity.objects.create(user=officer, name=officer.name, nik=NIK, address="Jl. A", ktp="x.jpg")
    answer = entered(desk)
    assert answer.status_code == 422 and "permohonannya sendiri" in words(answer)
    officer.identity.delete()
    wrong = entered(desk, nik="12", name="Sutrisno")
    assert wrong.status_code == 422 and "16" in words(wrong)
    nameless = entered(desk, name="")
    assert nameless.status_code == 422 and "Jl. Pasar 3" in nameless.content.decode()
    key = str(uuid.uuid4())
    case = opened(desk, key=key)
    assert entered(desk, key=key).url == case.get_absolute_url()  # a second click
    assert at_counter("contoh", "bendahara").get("/admin/loket/").status_code == 403
    for stranger in (at_counter("pamekasan"), at_counter("contoh", "bendahara")):
        for page in ("", "berkas/", "kirim/"):
            assert stranger.get(f"/permohonan/{case.pk}/{page}").status_code == 404
        assert stranger.get(f"/admin/loket/{case.pk}/formulir/").status_code == 404
    assert entered(at_counter("pamekasan")).status_code == 422  # the NIK is known by now
    # Once his own NIK turns out to be the applicant's, the officer acts no more.
    Identity.objects.create(user=officer, name=officer.name, nik=NIK, address="Jl. A", ktp="x.jpg")
    assert desk.get(case.get_absolute_url()).status_code == 404
    with pytest.raises(Barred):
        services.perform("withdraw", case, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        WalkIn.objects.create(
            user=officer, nik_lookup=walk_ins.standing(case.applicant).nik_lookup, opened_by=officer
        )


def test_a_colleague_who_entered_the_same_person_a_moment_ago_is_told(desk, monkeypatch):
    opened(desk)
    real, answers = walk_ins.known, iter([[]])
    monkeypatch.setattr(walk_ins, "known", lambda nik: next(answers, real(nik)))
    page = entered(desk, name="Sutrisno H")
    assert page.status_code == 422 and "baru saja didaftarkan rekan" in words(page)
    assert "S******* H***" in words(page)
    assert WalkIn.objects.count() == Application.objects.count() == 1


def test_the_counter_looks_after_a_case_to_its_end_and_sends_no_code(desk):
    """It completes, pays and hands in as "atas nama pemohon"; the code goes to no address."""
    person = walk_in("contoh", desk.officer)
    driver = AtCounter("contoh", person, desk.officer)
    driver.to("INCOMPLETE")
    driver.sideways("resubmit")
    case = driver.to("READY")
    by_applicant = {move.name for move in MOVES if "applicant" in move.by.ways}
    made = case.events.filter(move__in=by_applicant)
    assert {"request_krk", "submit", "resubmit", "submit_payment"} <= {e.move for e in made}
    assert {event.capacity for event in made} == {counter.CAPACITY}
    told = person.messages.filter(case=case.pk)
    assert case.pickup_code and told.exclude(channel="kotak").exists()
    assert not [m for m in told if case.pickup_code in m.body]
    assert "diberikan di loket" in told.latest("created_at").body


def test_a_plot_chosen_wrongly_stays_with_who_opened_the_draft(desk):
    """The counter of one kecamatan; a colleague there has no part in another one's plot."""
    rules = registry.current("sleman")
    desk = at_counter("sleman", min(counter.roles(rules)))
    case = opened(desk, daerah="sleman")
    posting = desk.officer.postings.get()
    colleague = User.objects.create_user("rekan@demo.test", None, "x", name="Rekan")
    Posting.objects.create(user=colleague, daerah="sleman", unit=posting.unit, role=posting.role,
                           valid_from="2020-01-01")  # fmt: skip
    assert rules.unit[posting.unit].kecamatan
    assert browser(colleague).get(case.get_absolute_url()).status_code == 200
    Application.objects.filter(pk=case.pk).update(kecamatan="340401")
    assert rules.unit[posting.unit].kecamatan != "340401"
    assert desk.get(case.get_absolute_url()).status_code == 200
    assert browser(colleague).get(case.get_absolute_url()).status_code == 404


@pytest.mark.usefixtures("one_window")
def test_an_account_with_another_nik_or_of_an_officer_cannot_claim(desk):
    case = filed(desk)
    assert "NIK lain" in words(claim(browser(people.applicant("siti")), case))
    assert "Akun petugas" in words(claim(desk, case))
    assert Application.objects.get().taken_over_at is None
    tries = [claim(browser(people.applicant("dewi")), case).status_code for _ in range(11)]
    assert tries == [403] * 10 + [429]
    # Who has an identity by this NIK already keeps it, and it takes the place of the counter's.
    own = person("Sutrisno", "trisno@surel.test", NIK)
    assert claim(browser(own), case).status_code == 302
    case = Application.objects.get()
    assert (case.applicant, case.holder) == (own, own.identity)
    assert [one.user for one in walk_ins.known(NIK)] == [own]
    assert Identity.objects.exclude(pk=own.identity.pk).get(name=NAME).nik in (None, "")


@pytest.mark.kewajiban("SLE-18")
def test_a_paper_dossier_counts_from_its_own_day_and_is_marked(desk):
    """The promise counts from the day of the paper; the event keeps the true time."""
    head = people.officer("contoh", registry.current("contoh").head)
    today = calendar.today("contoh")
    day = today - datetime.timedelta(days=9)
    for wrong, text in ((today + datetime.timedelta(days=1), "belum tiba"),
                        (today - datetime.timedelta(days=61), "60 hari")):  # fmt: skip
        answer = entered(desk, received_on=wrong.isoformat(), **PAPER)
        assert answer.status_code == 422 and text in words(answer)
        assert "Jaringan putus." in words(answer)
    case = filed(desk, received_on=day.isoformat(), **PAPER)
    event = case.events.get()
    assert clock.local_date(case, event.at) == today and case.received_on == day
    promise = clock.totals(case, [event])[0]
    deadline = next(d for d in registry.current("contoh").total if d.start == "submit")
    assert promise.start == day
    assert promise.end == calendar.deadline_end("contoh", day, deadline)
    assert "loket_tanda_terima" in {slot.code for slot in requirements.due(case)}
    receipt = str(Paper.objects.get(case=case.pk).content)
    assert f"Telah diterima pada {tanggal(day)}" in receipt and "nomor TT-7" in receipt
    noted = "Dicatat dari berkas kertas nomor TT-7 tanggal"
    tracked = desk.post("/lacak/", {"number": case.number, "secret": case.secret})
    pages = (f"/permohonan/{case.pk}/", f"/admin/permohonan/{case.pk}/",
             f"/admin/loket/{case.pk}/bukti/")  # fmt: skip
    for page in (tracked, *map(desk.get, pages)):
        assert noted in words(page)
    assert "berkas kertas nomor TT-7" in words(desk.get("/admin/register/?daerah=contoh"))
    assert head.messages.get(template="berkas_kertas").case == case.pk
    assert desk.get(f"/admin/loket/{case.pk}/kertas/").status_code == 409


@pytest.mark.parametrize(
    "before, move, from_paper",
    [
        ("submit endorse", "accept", True),
        ("submit return_incomplete resubmit", "accept", False),
        ("submit accept undo_accept", "accept", False),
        ("request_krk issue_krk", "submit", False),
    ],
)
def test_what_was_handed_in_on_paper_counts_from_that_day_until_it_had_to_be_completed(
    before, move, from_paper
):
    now, day = timezone.now(), datetime.date(2026, 11, 2)
    moves = [*before.split(), move]
    events = [Event(seq=n, move=name, at=now) for n, name in enumerate(moves, start=1)]
    case = Application(daerah="malang", received_on=day)
    expected = day if from_paper else clock.local_date(case, now)
    assert clock.began(case, events[-1], events) == expected
