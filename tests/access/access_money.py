"""What the money leaves behind in the world of the access tests, each with its marks."""

from __future__ import annotations

import datetime
import secrets

from django.utils import timezone

from applications import casework
from imbportal.daerah import calendar, registry
from imbportal.demo import drawings, people
from imbportal.demo.past import past
from retribusi import relief
from retribusi.arrears import strd
from retribusi.cash import closing
from retribusi.corrections import opening, paying_back
from retribusi.models import BankFormat
from retribusi.statements import importing
from retribusi.statements.mapping import Mapping
from retribusi.trial import drafts, periods, runs


def ask_relief(world, driver, user, office):
    casework.assess(driver.fresh(), by=driver.actor())
    letter = drawings.pdf("Permohonan", pages=1)
    relief.upload(driver.case, "sosial", "permohonan", letter, by=user)
    words = world.mark("words of a request", [user], office)
    relief.ask(driver.case, "sosial", words, by=user)


def bill_interest(driver):
    """Draw up a bill of interest as the treasurer will once the principal is overdue."""
    bill = driver.fresh().bills.get()
    with past(timezone.now() + datetime.timedelta(days=40)):
        strd.propose(bill, by=driver.officers["bendahara"])


def statement(world):
    """Let the treasurer take in one line of the bank, of money that nobody knows."""
    by, text = world.users["role"], world.mark("line of the bank", (), ["contoh"])
    form = BankFormat.objects.create(
        daerah="contoh", name=world.mark("bank", (), ["contoh"]), account="1234", changed_by=by,
        changed_at=timezone.now(), mapping=Mapping(amount=3, header=False).model_dump(),
    )  # fmt: skip
    data = f"{calendar.today('contoh'):%d/%m/%Y};{text};75.000,00\n"
    return importing.take(form, "koran.csv", data.encode(), by)


def closed(treasurer):
    """Close the day on which the payments of the cases were booked."""
    made = closing.trial("contoh", closing.due("contoh"), None)
    return closing.close("contoh", made.seal, by=treasurer, capacity="Bendahara")


def refunds(world):
    """Return money that goes back and waits for its account; of another, that was given."""
    case, budi = world.case("READY"), world.applicants["budi"]
    for n in (1, 2):
        refund = opening.open_by_hand(
            case, cause="lebih", amount=n * 1000, received_on=calendar.today(case.daerah),
            reference=f"R{n}", note=world.mark("note on a refund", [budi], [case.daerah]),
            key=str(n), by=world.users["role"],
        )  # fmt: skip
        if n == 1:
            account = "".join(secrets.choice("123456789") for _ in range(16))
            world.known(account, "account number")
            holder = world.mark("account holder", [budi], [case.daerah])
            paying_back.file_account(refund, bank="Bank", account=account, holder=holder, by=budi)
    return refund


def trials(world):
    """Give each daerah a draft of a tariff, which its overseers alone may meet."""
    for slug in ("pamekasan", "contoh"):
        here = people.officers(slug)
        head = here[registry.current(slug).head]
        name = world.mark("draft of a tariff", [here["admin"], here["auditor"], head])
        trial = drafts.begin(slug, name, by=here["admin"])
        runs.order(trial, periods.offered(slug)[1], by=here["admin"])
    return trial
