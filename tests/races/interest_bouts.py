"""Interest: drawn up by two treasurers at once, signed by two heads at once."""

import datetime

from bouts import KINDS, Bout, colleague, events
from django.urls import reverse
from django.utils import timezone

from imbportal.demo.past import past
from retribusi.arrears import strd


def drawn_up(driver):
    bill = overdue(driver)
    hands = (driver.officers["bendahara"], colleague("bendahara"))
    url = reverse("admin:arrear_propose", args=[bill.pk])
    return _against(driver, "propose_strd", hands, url, {})


def interest(driver):
    bill = overdue(driver)
    drawn = strd.propose(bill, by=driver.officers["bendahara"])
    hands = (driver.officers["kepala"], colleague("kepala"))
    url = reverse("admin:arrear_act", args=[bill.pk, "terbitkan"])
    return _against(driver, "issue_strd", hands, url, {"strd": drawn.pk})


def overdue(driver):
    """Let the bill have gone out forty days ago."""
    with past(timezone.now() - datetime.timedelta(days=40)):
        driver.to("AWAITING_PAYMENT")
    return driver.fresh().bills.get()


def _against(driver, move, hands, url, form):
    case = driver.fresh()
    form = form | {"version": case.version}
    return Bout("", case, move, hands, case.version, events(case, move), url, form)


KINDS["arrears"] = (drawn_up, interest)
