"""Cases on which two hands press at once: who presses, what, and with which page before him."""

import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

import twins
from django.urls import reverse

from accounts import contacts, identity
from accounts.models import Identity, Posting, User, WalkIn
from applications import casework, clock, requirements
from applications.models import Application, DocumentVersion, Event, Takeover
from applications.views.applicant import SEALS
from feedback.complaints import door as complaints
from feedback.models import ComplaintEvent
from imbportal import uploads
from imbportal.demo import drawings, people
from imbportal.demo.driver import Driver
from retribusi import relief, relief_decision
from retribusi import services as money
from retribusi.models import Payment, Skrd

SLUG = "contoh"


class Bout(NamedTuple):
    """``hands`` are the two users; ``url`` and ``form`` what their button posts on a page."""

    kind: str
    case: Any
    move: str
    hands: tuple
    version: int
    made: Callable[[Any], int]
    """How often the thing was done, by what lies in the database now; once is right."""
    url: str = ""
    form: dict = {}
    file: Callable[[], Any] | None = None
    calm: bool = False
    """Whether the second click may read that all is done, as the first did."""


def make(name, count, start=0):
    """Return that many bouts of a race, its kinds in turn."""
    if name == "bills":
        return _billed(count)
    kinds = KINDS[name]
    found = []
    for n in range(start, start + count):
        kind, before = (
            kinds[n % len(kinds)],
            found[-len(kinds)] if len(found) >= len(kinds) else None,
        )
        if before and kind in TWINS:
            found.append(_twin(before))
        else:
            found.append(kind(Driver(SLUG, budi(), number=n))._replace(kind=kind.__name__))
    return found


def _twin(bout):
    case = twins.of(bout.case, 1)[0]
    return bout._replace(case=case, version=case.version, made=events(case, bout.move))


def budi():
    return people.applicant("budi")


# -- Bills, a thousand of them, each by a double click ----------------------------------------
def _billed(count):
    """Return cases whose SKRD waits for its one signature, the head clicking twice on each."""
    driver = Driver("malang", budi())
    first = driver.to("SKRD_SIGNING")
    head = driver.actor()
    return [_click(case, head) for case in (first, *twins.of(first, count - 1))]


def _click(case, head):
    url = reverse("admin:move", args=[case.pk, "issue_skrd"])
    form, made = {"version": case.version}, Skrd.objects.filter(application=case.pk).count
    return Bout("bill", case, "issue_skrd", (head, head), case.version, made, url, form)


# -- Two officers of one role, two signatories ----------------------------------------------
def krk(driver):
    driver.to("KRK_REQUESTED")
    driver.write_records()
    return by_officers(driver, "issue_krk", colleague("petugas"))


def completeness(driver):
    driver.to("SUBMITTED")
    driver.judge_all()
    return by_officers(driver, "endorse", colleague("petugas"))


def bill(driver):
    driver.to("SKRD_SIGNING")
    driver.act()
    return by_officers(driver, "issue_skrd", deputy(driver))


def permit(driver):
    driver.to("PERMIT_SIGNING")
    while driver.fresh().turn < len(driver.case.chain) - 1:
        driver.act()
    return by_officers(driver, "issue_permit", deputy(driver))


def paid(driver):
    driver.to("PAYMENT_REVIEW")
    bout = by_officers(driver, "confirm_payment", colleague("bendahara"))
    return bout._replace(made=_rows(Payment, bout))


def drawn(driver):
    bout = bill(driver)
    return bout._replace(made=_rows(Skrd, bout))


def answered(driver):
    """Two who may answer one complaint: the officer who has it in hand, and the head."""
    complaint, _ = complaints.receive(complaints.Given(SLUG, "lain", "Berkas saya terlalu lama."))
    hands = tuple(people.officers(SLUG)[role] for role in ("petugas", "kepala"))
    complaint = complaints.take(complaint.pk, by=hands[0])
    url = reverse("admin:complaint_move", args=[complaint.pk, "answer"])
    form = {"version": complaint.version, "yakin": "1", "text": "Sudah diperiksa."}
    made = ComplaintEvent.objects.filter(complaint=complaint.pk, move="answer").count
    return Bout("", complaint, "", hands, complaint.version, made, url, form)


def _rows(model, bout):
    """Count both: how often the move was made, and what it brought."""
    return lambda: max(bout.made(), model.objects.filter(application=bout.case.pk).count())


def by_officers(driver, move, other):
    case = driver.fresh()
    hands = (driver.actor(), other)
    return Bout("", case, move, hands, case.version, events(case, move))


def events(case, move):
    """Count the events of a move since the page was opened."""
    known = case.events.count()
    later = Event.objects.filter(application=case.pk, move=move, seq__gt=known)
    return later.count


def colleague(role):
    """Return a second holder of a role."""
    address = people.email(f"{role}2.{SLUG}")
    if found := User.objects.filter(email=address).first():
        return found
    first = Posting.objects.get(user__email=people.email(f"{role}.{SLUG}"), role=role)
    user = User.objects.create_user(email=address, name="Rekan Kedua", is_staff=True)
    Posting.objects.create(
        user=user, daerah=SLUG, unit=first.unit, role=role, valid_from=first.valid_from
    )
    return user


def deputy(driver):
    return people.deputy(SLUG, clock.today(driver.case))


# -- Double clicks of the applicant ---------------------------------------------------------
def submit(driver):
    driver.to("KRK_ISSUED")
    driver.fill("izin")
    driver.upload("request_krk", "submit")
    case = driver.fresh()
    ticked = {s.code: "on" for s in case.rules.statement if s.move == "submit"}
    return by_applicant(driver, "submit", page("send", case), ticked)


def resubmit(driver):
    driver.to("INCOMPLETE")
    driver.answer_points()
    return by_applicant(driver, "resubmit", page("resend", driver.case))


def report(driver):
    driver.to("AWAITING_PAYMENT")
    return by_applicant(driver, "report_payment", page("move", driver.case, "report_payment"))


def pay(driver):
    driver.to("AWAITING_PAYMENT")
    due = money.live_bill(driver.case)
    form = {
        "amount": due.amount, "paid_on": clock.today(driver.case).isoformat(),
        "bank": "Bank daerah", "reference": f"NTB{due.payment_code}",
    }  # fmt: skip
    url = reverse("retribusi:pay", args=[driver.case.pk])
    return by_applicant(driver, "submit_payment", url, form)._replace(file=slip)


def request(driver):
    driver.to("DRAFT")
    driver.fill("krk")
    driver.upload("request_krk")
    ticked = {s.code: "on" for s in driver.fresh().rules.statement if s.move == "request_krk"}
    return by_applicant(driver, "request_krk", page("send", driver.case), ticked)


def resend(driver):
    driver.to("KRK_INCOMPLETE")
    driver.answer_points()
    return by_applicant(driver, "resend_krk", page("resend", driver.case))


def revise(driver):
    driver.to("REVISION")
    driver.answer_points()
    return by_applicant(driver, "revise", page("resend", driver.case))


def withdraw(driver):
    driver.to("SUBMITTED")
    return by_applicant(driver, "withdraw", page("move", driver.case, "withdraw"))


def create(driver):
    """Open a draft: the user is new, so that what he has is what was opened."""
    user = User.objects.create_user(email=f"{uuid.uuid4().hex}@demo.test", name="Pemula")
    form = {"daerah": SLUG, "key": str(uuid.uuid4())}
    made = Application.objects.filter(applicant=user).count
    url = reverse("applications:new")
    return Bout("", None, "", (user, user), 0, made, url, form, calm=True)


def upload(driver):
    driver.to("DRAFT")
    driver.fill("krk")
    code = requirements.due(driver.fresh())[0].code
    made = DocumentVersion.objects.filter(document__application=driver.case.pk).count
    bout = by_applicant(driver, "", page("upload", driver.case, code))
    return bout._replace(file=slip, made=made, calm=True)


def answer(driver):
    driver.to("INCOMPLETE")
    point = driver.case.points.filter(requirement="").get()
    bout = by_applicant(driver, "", page("answer", driver.case, point.pk))
    form = bout.form | {f"{point.pk}-text": "Sudah kami perbaiki."}
    return bout._replace(form=form, made=_changes(bout), calm=True)


def _changes(bout):
    """Count how often the case was changed since."""
    return lambda: Application.objects.get(pk=bout.case.pk).version - bout.version


def delete(driver):
    driver.to("DRAFT")
    seal = SEALS.sign(f"{driver.applicant.pk} {driver.case.pk}")
    bout = by_applicant(driver, "", page("delete", driver.case), {"seal": seal})
    there = Application.objects.filter(pk=bout.case.pk).count
    return bout._replace(made=lambda: 1 - there(), calm=True)


# -- Relief: asked for by a double click, granted by two deciders at once ---------------------
def wish(driver):
    """Have the fee of a school calculated, and enclose what its relief asks for."""
    driver.answers |= {"function": "sosial_budaya"}
    driver.to("FEE")
    casework.assess(driver.fresh(), by=driver.actor())
    relief.upload(driver.case, "sosial", "permohonan", slip(), by=driver.applicant)
    url = reverse("retribusi:relief_send", args=[driver.case.pk, "sosial"])
    return by_applicant(driver, "ask_relief", url, {"true": "on"})


def granted(driver):
    wish(driver)
    asked = relief.ask(driver.fresh(), "sosial", by=driver.applicant)
    relief_decision.forward(asked, by=driver.officers["petugas"])
    case = driver.fresh()
    hands = (driver.officers["kepala"], colleague("kepala"))
    url = reverse("admin:relief_act", args=[case.pk, "kabulkan"])
    made, form = events(case, "grant_relief"), {"version": case.version}
    return Bout("", case, "grant_relief", hands, case.version, made, url, form)


# -- Two accounts that claim one person of the counter ---------------------------------------
def claimed(driver):
    """File for somebody without a login; two people know number, code and NIK."""
    serial = uuid.uuid4().int % 9000 + 1000
    user, nik = User.objects.create(name="Sutrisno", password="!"), people.nik(serial)
    Identity.objects.create(user=user, name="Sutrisno", nik=nik, address="Jl. A")
    officer = people.officers(SLUG)["petugas"]
    WalkIn.objects.create(user=user, nik_lookup=user.identity.nik_lookup, opened_by=officer)
    identity.store(user.identity, ktp=uploads.accept(drawings.card("Sutrisno", nik)))
    driver.applicant = user
    driver.to("KRK_REQUESTED")
    Application.objects.filter(pk=driver.case.pk).update(filed_by=officer)
    case, form = driver.fresh(), {"nik": nik}
    form |= {"number": case.number, "secret": case.secret}
    made = Takeover.objects.filter(application=case.pk).count
    hands = (claimant(), claimant())
    return Bout("", case, "", hands, case.version, made, reverse("applications:claim"), form)


def claimant():
    user = User.objects.create_user(email=f"{uuid.uuid4().hex}@demo.test", name="Pemilik")
    contacts.confirm(user)
    return user


def by_applicant(driver, move, url, form=()):
    case, user = driver.fresh(), driver.applicant
    form = dict(form) | {"version": case.version}
    return Bout("", case, move, (user, user), case.version, events(case, move), url, form)


def page(name, case, *more):
    return reverse(f"applications:{name}", args=[case.pk, *more])


def slip():
    return drawings.slip("bukti", 1)


TWINS = frozenset({krk, completeness})
"""Kinds of which one case is driven and the others are its copies: no paper lies before them."""
KINDS = {
    "officers": (krk, completeness, answered),
    "signatories": (bill, permit),
    "money": (drawn, paid),
    "claims": (claimed,),
    "relief": (wish, granted),
    "clicks": (
        submit, resubmit, report, pay, request, resend, revise, withdraw,
        create, upload, answer, delete,
    ),
}  # fmt: skip
