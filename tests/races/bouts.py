"""Cases on which two hands press at once: who presses, what, and with which page before him."""

from typing import Any, NamedTuple

from django.urls import reverse

from accounts.models import Posting, User
from applications import clock
from imbportal.demo import drawings, people
from imbportal.demo.driver import Driver
from retribusi import services as money

SLUG = "contoh"


class Bout(NamedTuple):
    """``hands`` are the two users; ``url`` and ``form`` what their button posts on a page."""

    case: Any
    move: str
    hands: tuple
    version: int
    seq: int
    """Of the last event that the page knew."""
    url: str = ""
    form: dict = {}
    slip: bool = False


def make(name, count, start=0):
    """Return that many bouts of a race, its kinds in turn."""
    kinds = KINDS[name]
    return [
        kinds[n % len(kinds)](Driver(SLUG, budi(), number=n)) for n in range(start, start + count)
    ]


def budi():
    return people.applicants()["budi"]


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


def by_officers(driver, move, other):
    case = driver.fresh()
    return Bout(case, move, (driver.actor(), other), case.version, case.events.count())


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
    bout = by_applicant(
        driver, "submit_payment", reverse("retribusi:pay", args=[driver.case.pk]), form
    )
    return bout._replace(slip=True)


def by_applicant(driver, move, url, form=()):
    case, user = driver.fresh(), driver.applicant
    form = dict(form) | {"version": case.version}
    return Bout(case, move, (user, user), case.version, case.events.count(), url, form)


def page(name, case, *more):
    return reverse(f"applications:{name}", args=[case.pk, *more])


def slip():
    return drawings.slip("bukti", 1)


KINDS = {
    "officers": (krk, completeness),
    "signatories": (bill, permit),
    "clicks": (submit, resubmit, report, pay),
}
