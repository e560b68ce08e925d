"""A permit that is frozen, released, revoked or replaced: by whom, by which letter, seen where."""

import copy
import datetime
import tempfile

import pytest
from django.conf import settings as live
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import Posting
from applications import clock, parents, register
from applications.invariants import history
from applications.models import Application, CaseDuty, SanctionAct
from applications.sanctions import hindrances
from applications.sanctions.invariants import CHECKS
from documents.models import Paper
from imbportal.demo import people
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from imbportal.demo.past import past
from notifications import jobs
from notifications.models import Message
from tests.applications.office_cast import BACKEND, words

pytestmark = [pytest.mark.django_db, pytest.mark.satu_basis_data]
WHY = {"reason": "Bangunan menyimpang dari gambar.", "basis": "Berita acara 12/BA/2026"}
Status = Paper.Status


@pytest.fixture(scope="module")
def drivers(django_db_setup, django_db_blocker):
    """A permit that lies ready, and one of Malang with its copy; put back after each test."""
    storages = copy.deepcopy(live.STORAGES)
    with tempfile.TemporaryDirectory() as folder, django_db_blocker.unblock():
        storages["default"]["OPTIONS"]["location"] = folder
        settings = override_settings(DEMO=True, STORAGES=storages)
        with settings, transaction.atomic(), accepted_once():
            budi = people.applicant("budi")
            ready, original = Driver("contoh", budi), Driver("malang", budi)
            ready.to("READY")
            original.to("COLLECTED")
            duplicate = Driver("malang", budi, service="duplikat", on=original)
            duplicate.to("COLLECTED")
            jobs.Job.objects.update(status="selesai")
            yield {"contoh": ready, "malang": original, "duplikat": duplicate}
            transaction.set_rollback(True)


class Office:
    """The desk at one paper of a case, and everybody who looks at it from outside."""

    def __init__(self, driver, kind="izin"):
        self.pk, self.kind, self.slug = driver.case.pk, kind, driver.case.daerah

    @property
    def case(self):
        return Application.objects.get(pk=self.pk)

    @property
    def paper(self):
        return Paper.objects.filter(case=self.pk, kind=self.kind).latest("issued_at")

    @property
    def letter(self):
        return SanctionAct.objects.latest("pk").letter

    def browser(self, role):
        client = Client()
        user = people.officers(self.slug)[role] if isinstance(role, str) else role
        client.force_login(user, backend=BACKEND)
        return client

    def ask(self, act, role="kepala", version=None, **data):
        """Fill in the form of a decision; ``yakin`` confirms its letter."""
        version = self.case.version if version is None else version
        url = f"/admin/surat/{self.paper.pk}/{act}/"
        return self.browser(role).post(url, {"version": version} | data)

    def decide(self, act, **data):
        return self.ask(act, **(WHY | {"yakin": "1"} | data))

    def warned(self, days=30):
        """Let a warning have gone out so many days ago."""
        with past(timezone.now() - datetime.timedelta(days=days)):
            answer = self.decide("peringatan")
        assert answer.status_code == 302

    def sees(self, path, role="kepala"):
        return words(self.browser(role).get(path))

    def everywhere(self):
        """Return what applicant, officer, list, tracking and check page say of the case."""
        case, out = self.case, Client()
        tracked = {"number": case.number, "secret": case.secret}
        return {
            "pemohon": self.sees(case.get_absolute_url(), case.applicant),
            "daftar pemohon": self.sees("/permohonan/", case.applicant),
            "petugas": self.sees(f"/admin/permohonan/{case.pk}/"),
            "register": self.sees(f"/admin/register/?daerah={self.slug}"),
            "lacak": words(out.post("/lacak/", tracked)),
            "periksa": words(out.get(f"/verifikasi/{self.paper.token}/")),
        }


@pytest.fixture
def office(drivers):
    cache.clear()
    return Office(drivers["contoh"])


@pytest.fixture
def malang(drivers):
    cache.clear()
    return Office(drivers["malang"]), Office(drivers["duplikat"])


def faults():
    return [fault for check in (*CHECKS, history) for fault in check()]


# -- Frozen and released ---------------------------------------------------------------------
def test_the_letter_is_shown_before_anything_is_sent(office):
    shown = words(office.ask("pembekuan", todo="Bongkar lantai tiga.", **WHY))
    for part in ("BELUM DIKIRIM", WHY["reason"], WHY["basis"], "Bongkar lantai tiga.", "Keberatan"):
        assert part in shown
    assert office.paper.status == Status.VALID and not SanctionAct.objects.exists()
    assert 'value="' + WHY["basis"] in shown and "Ubah tulisannya" in shown


def test_a_frozen_permit_is_not_handed_over_until_it_is_released(office):
    until = clock.today(office.case) + datetime.timedelta(days=14)
    assert office.decide("pembekuan", until=until.isoformat()).status_code == 302
    assert (office.paper.status, office.case.permit_status) == ("dibekukan", "dibekukan")
    for place, said in office.everywhere().items():
        assert "dibekukan" in said.lower(), place
        assert "Ambil PBG Anda" not in said and "giliran Anda" not in said, place
    assert office.browser(office.case.applicant).get(
        f"{office.case.get_absolute_url()}ambil/"
    ).status_code == 409  # fmt: skip
    refused = office.browser("petugas").post(
        f"/admin/permohonan/{office.pk}/langkah/hand_over/", {"version": office.case.version}
    )
    assert refused.status_code == 422 and "dicairkan" in words(refused)
    freezing = office.letter
    assert "sekarang dibekukan" in words(Client().get(f"/verifikasi/{freezing.token}/"))
    assert office.decide("pencairan").status_code == 302
    assert "sekarang berlaku" in words(Client().get(f"/verifikasi/{freezing.token}/"))
    assert (office.paper.status, office.case.permit_status) == ("berlaku", "")
    assert "Ambil PBG Anda" in office.everywhere()["pemohon"] and faults() == []
    names = [event.move for event in office.case.events.order_by("seq")][-2:]
    assert names == ["freeze_paper", "lift_paper"]


def test_the_holder_is_told_what_happened_what_to_do_and_by_when(office):
    Message.objects.all().delete()
    until = clock.today(office.case) + datetime.timedelta(days=14)
    office.decide("pembekuan", until=until.isoformat())
    letter, sent = office.letter, Message.objects.filter(case=office.pk)
    assert {message.channel for message in sent} >= {"email"}
    body = next(message for message in sent if message.channel == "email").body
    for part in (office.paper.number, "dibekukan", WHY["reason"], letter.number, "Hentikan",
                 "Paling lambat", "10 hari kerja"):  # fmt: skip
        assert part in body, part
    printed = letter.content
    assert letter.kind == "pembekuan" and letter.status == Status.VALID and letter.number
    assert letter.signatures.get().title.startswith("Kepala Dinas")
    assert printed["recipient"][0] == "Budi Santosa" and WHY["basis"] in str(printed["sections"])
    assert jobs.Job.objects.filter(ref=str(letter.pk), kind="cetak_surat").exists()


def test_no_term_is_invented_where_the_document_names_none(malang):
    original, _ = malang
    original.decide("pembekuan")
    printed = str(original.letter.content["sections"])
    assert "tidak menyebut tenggatnya" in printed and "paling lambat" not in printed.lower()


# -- Revoked ---------------------------------------------------------------------------------
def test_nothing_is_revoked_without_its_basis_and_the_warning_that_the_file_demands(office):
    answer = words(office.ask("pencabutan", reason="Menyimpang."))
    assert "Tulis dasar pencabutannya" in answer and "surat peringatan dulu" in answer
    office.warned(days=2)
    early = office.decide("pencabutan")
    assert early.status_code == 422 and "belum lewat" in words(early)
    assert office.paper.status == Status.VALID and "Cabut" in office.sees(
        f"/admin/surat/{office.paper.pk}/"
    )


def test_a_revoked_permit_looks_finished_to_nobody(office):
    office.warned()
    assert office.decide("pencabutan").status_code == 302
    case = office.case
    assert (office.paper.status, case.permit_status, case.turn_role) == ("dicabut", "dicabut", "")
    for place, said in office.everywhere().items():
        assert "dicabut" in said, place
        for wrong in ("Siap diambil", "Selesai:", "Ambil PBG Anda", "Surat ini berlaku"):
            assert wrong not in said, (place, wrong)
    waits = Application.objects.waiting_for(
        Posting.objects.get(user=people.officer("contoh", "petugas"))
    )
    assert case not in waits and case.due_at is None
    again = office.decide("pencairan")
    assert again.status_code == 409 and "dicabut sejak" in words(again)
    held = [Posting.objects.get(user=people.officer("contoh", "kepala"))]
    part = register.wanted({"jenis": "izin"}, "contoh")
    assert dict(register.by_status(held, part)) == {"Dicabut": 1} and faults() == []


def test_what_goes_wrong_in_the_rows_is_told(office):
    office.decide("pembekuan")
    Paper.objects.filter(pk=office.paper.pk).update(status=Status.VALID)
    told = " ".join(fault.text for fault in faults())
    assert "keputusan terakhirnya pembekuan" in told and "permohonan mencatat dibekukan" in told
    older, newer = Paper.objects.filter(case=office.pk).order_by("issued_at")[:2]
    Paper.objects.filter(pk=older.pk).update(status="diganti", replaced_by=newer)
    Paper.objects.filter(pk=newer.pk).update(status="diganti", replaced_by=older)
    assert "diganti tanpa akhir" in " ".join(fault.text for fault in faults())


# -- By whom ---------------------------------------------------------------------------------
def test_only_the_head_decides_or_who_stands_in_for_him(office):
    url = f"/admin/surat/{office.paper.pk}/"
    for role in ("petugas", "kasi", "auditor", "admin"):
        assert office.browser(role).get(url).status_code == 200, role
        assert office.browser(role).get(f"{url}pembekuan/").status_code == 403, role
        assert office.decide("pembekuan", role=role).status_code == 403, role
    outsider = people.officers("malang")["kepala"]
    assert office.browser(outsider).get(url).status_code == 404
    assert office.decide("pembekuan", role=outsider).status_code == 404
    assert office.browser("kepala").get(f"{url}hapus/").status_code == 404
    stands_in = people.deputy("contoh", clock.today(office.case))
    assert office.decide("pembekuan", role=stands_in).status_code == 302
    assert office.letter.signatures.get().title.startswith("Plh. ")


def test_two_clicks_and_two_hands_make_one_decision(office):
    version = office.case.version
    assert office.decide("pembekuan", version=version).status_code == 302
    twice = office.decide("pembekuan", version=version)
    assert twice.status_code == 409 and "sudah tercatat" in words(twice)
    stands_in = people.deputy("contoh", clock.today(office.case))
    late = office.decide("pembekuan", version=version, role=stands_in)
    assert late.status_code == 409 and office.decide("pembekuan").status_code == 409
    assert SanctionAct.objects.count() == 1
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        SanctionAct.objects.update(reason="Lain.")


def test_a_bill_is_voided_and_other_papers_are_left_alone(office):
    for kind in ("skrd", "tanda_terima"):
        other = Office.__new__(Office)
        other.pk, other.kind, other.slug = office.pk, kind, "contoh"
        answer = other.decide("pembekuan")
        assert answer.status_code == 409 and "tidak dibekukan" in words(answer), kind


# -- Replaced, copied ------------------------------------------------------------------------
def test_a_replacement_gets_a_number_of_its_own_and_both_check_pages_say_so(office):
    older = office.paper
    answer = office.ask("penggantian", reason="Tertulis Jl. Stadion 21, seharusnya 12.", yakin="1")
    assert answer.status_code == 302
    newer = office.paper
    older.refresh_from_db()
    assert newer.number != older.number and newer.signatures.get().act == "ttd"
    assert (older.status, older.replaced_by) == (Status.REPLACED, newer)
    assert (
        "seharusnya 12" in str(newer.content["sections"]) and parents.permit(office.case) == newer
    )
    before = words(Client().get(f"/verifikasi/{older.token}/"))
    after = words(Client().get(f"/verifikasi/{newer.token}/"))
    assert "sudah diganti" in before and newer.number in before
    assert "Surat ini berlaku" in after and "Menggantikan" in after and older.number in after
    assert faults() == [] and "Ambil PBG Anda" in office.everywhere()["pemohon"]
    held = CaseDuty.objects.filter(application=office.pk, duty="keputusan")
    assert people.officers("contoh")["kepala"].pk in held.values_list("person", flat=True)


def test_a_plate_shares_what_becomes_of_its_permit_and_is_made_anew_with_it(drivers):
    driver = Driver("sleman", people.applicant("budi"))
    driver.to("READY")
    permit, plate = Office(driver), Office(driver, "plat_imb")
    first = plate.paper
    assert first.number in words(permit.ask("penggantian", role="camat", reason="Salah tulis."))
    assert (
        permit.ask("penggantian", role="camat", reason="Salah tulis.", yakin="1").status_code == 302
    )
    first.refresh_from_db()
    assert (first.status, first.replaced_by) == ("diganti", plate.paper)
    assert permit.paper.number in str(plate.paper.content)
    for act, status in (("pembekuan", "dibekukan"), ("pencairan", "berlaku"),
                        ("pencabutan", "dicabut")):  # fmt: skip
        assert permit.decide(act, role="camat").status_code == 302
        assert permit.paper.status == plate.paper.status == status
    assert faults() == []


def test_drawings_that_another_officer_signed_follow_the_new_permit_and_are_his_to_reissue(drivers):
    driver = Driver("probolinggo", people.applicants()["budi"])
    driver.to("READY")
    permit, drawings = Office(driver), Office(driver, "lampiran_gambar")
    first, head, works = drawings.paper, "kepala_bpp", "kadis_pu"
    assert f"/admin/surat/{first.pk}/penggantian/" not in drawings.sees(
        f"/admin/surat/{first.pk}/", head
    )
    shown = words(permit.ask("penggantian", role=head, reason="Salah tulis."))
    assert "ditandatangani pejabat lain" in shown and first.number in shown
    answer = permit.ask("penggantian", role=head, reason="Salah tulis.", yakin="1")
    assert answer.status_code == 302 and drawings.paper == first
    assert f"nomor {first.number}" in str(permit.paper.content["sections"])
    checked = words(Client().get(f"/verifikasi/{first.token}/"))
    assert "Bagian dari" in checked and permit.paper.number in checked
    assert first.number in words(Client().get(f"/verifikasi/{permit.paper.token}/"))
    told = people.officers("probolinggo")[works].messages.latest("created_at")
    assert "lampirannya" in told.subject and first.number in told.body
    assert permit.paper.number in told.body
    again = {"reason": "Nama pemilik salah.", "yakin": "1"}
    assert drawings.ask("penggantian", role=head, **again).status_code == 403
    assert drawings.ask("pembekuan", role=works, **again).status_code == 403
    assert drawings.ask("penggantian", role=works, **again).status_code == 302
    first.refresh_from_db()
    assert (first.status, first.replaced_by) == ("diganti", drawings.paper)
    assert drawings.paper.signatures.get().role == works and faults() == []


def test_who_holds_another_duty_in_the_case_signs_no_replacement(office):
    CaseDuty.objects.filter(application=office.pk, duty="keputusan").update(duty="teknis")
    answer = office.ask("penggantian", reason="Salah tulis.", yakin="1")
    assert answer.status_code == 403 and "tugas lain" in words(answer)
    assert office.paper.status == Status.VALID and not SanctionAct.objects.exists()


def test_a_copy_is_replaced_with_its_original_by_the_head_and_by_a_service(drivers, malang):
    original, duplicate = malang
    with transaction.atomic():
        driver = Driver("malang", original.case.applicant, service="perubahan_data",
                        on=drivers["malang"])  # fmt: skip
        driver.to("READY")
        assert duplicate.paper.replaced_by.case == driver.case.pk != original.pk
        assert faults() == []
        transaction.set_rollback(True)
    answer = original.ask("penggantian", reason="Salah tulis.", yakin="1")
    assert answer.status_code == 302
    assert (duplicate.paper.status, duplicate.paper.replaced_by) == ("diganti", original.paper)
    page = duplicate.sees(duplicate.case.get_absolute_url(), duplicate.case.applicant)
    assert f"sudah diganti dengan {original.paper.title} nomor {original.paper.number}" in page
    assert duplicate.case.events.latest("seq").move == "replace_paper" and faults() == []


def test_a_copy_shares_what_becomes_of_its_original(malang):
    original, duplicate = malang
    said = words(Client().get(f"/verifikasi/{duplicate.paper.token}/"))
    assert "Salinan dari" in said and original.paper.number in said
    said = words(Client().get(f"/verifikasi/{original.paper.token}/"))
    assert "Salinannya" in said and duplicate.paper.number in said
    assert original.decide("pembekuan").status_code == 302
    assert duplicate.paper.status == Status.FROZEN and duplicate.case.permit_status == "dibekukan"
    alone = duplicate.decide("pencairan")
    assert alone.status_code == 409 and "cairkan yang asli dulu" in words(alone)
    assert original.decide("pencairan").status_code == 302
    assert duplicate.paper.status == Status.VALID and duplicate.case.permit_status == ""
    assert original.decide("pencabutan").status_code == 302
    assert duplicate.paper.status == Status.REVOKED and faults() == []
    said = duplicate.everywhere()
    assert all("Selesai:" not in text for text in said.values()) and "dicabut" in said["lacak"]
    assert "· selesai" not in said["petugas"] and "tidak ada langkah lagi" in said["petugas"]


def test_only_what_was_frozen_with_the_original_is_released_with_it(malang):
    original, duplicate = malang
    duplicate.decide("pembekuan")
    original.decide("pembekuan")
    original.decide("pencairan")
    assert duplicate.paper.status == Status.FROZEN and original.paper.status == Status.VALID
    assert (
        hindrances.hindrance("pencairan", duplicate.case, duplicate.paper)
        == ""
        == " ".join(fault.text for fault in faults())
    )
