"""One statement of the bank in the model daerah: most of it matches, a few lines do not."""

from __future__ import annotations

import datetime

from django.utils import timezone

from accounts.models import User
from imbportal.daerah import calendar, registry
from imbportal.demo import people
from retribusi import treasurers
from retribusi.models import BankFormat, Payment, Skrd, Statement
from retribusi.statements import importing
from retribusi.statements.mapping import Mapping

BANK, ACCOUNT, OPENING = "Bank daerah (contoh)", "0000-1111-222", 25_000_000
HEADING = ["Tanggal", "Keterangan", "No Ref", "Debet", "Kredit", "Saldo"]
Line = tuple[datetime.date, int, str]
"""Day, whole rupiah, what the bank writes."""


def load(slug: str) -> Statement | None:
    """Let the treasurer of a model daerah take in what the bank sent; None where nobody paid."""
    rules = registry.current(slug)
    keeper = people.officer(slug, min(treasurers.roles(rules), default=""))
    today = calendar.today(slug)
    paid = list(Payment.objects.filter(application__daerah=slug).order_by("paid_on", "pk"))
    if not rules.demo_only or len(paid) < 4:
        return None
    lines = sorted(_lines(slug, paid, today), key=lambda line: line[0])
    data = _csv(lines)
    return importing.take(_format(slug, keeper), f"koran-{today:%Y-%m}.csv", data, keeper)


def _format(slug: str, by: User) -> BankFormat:
    mapping = Mapping(
        heading=HEADING, day=1, texts=[2], reference=3, amounts="dua", debit=4, credit=5,
        balance=6,
    )  # fmt: skip
    return BankFormat.objects.create(
        daerah=slug, name=BANK, account=ACCOUNT, mapping=mapping.model_dump(), changed_by=by,
        changed_at=timezone.now(),
    )  # fmt: skip


def _lines(slug: str, paid: list[Payment], today: datetime.date) -> list[Line]:
    """Return the payments but for one, and what a treasurer meets now and then."""
    first, _, short, *rest = paid
    lines = [_line(payment, payment.amount) for payment in (first, *rest)]
    lines.append(_line(short, short.amount - 20_000))
    lines.append((min(first.paid_on + datetime.timedelta(days=1), today), first.amount,
                  f"TRSF {first.skrd.payment_code} SUSULAN"))  # fmt: skip
    open_bill = Skrd.objects.filter(
        application__daerah=slug, voided_at=None, settled_at=None,
        application__state="AWAITING_PAYMENT",
    ).order_by("pk").first()  # fmt: skip
    if open_bill is not None:
        lines.append((today, open_bill.amount, f"SETORAN TUNAI {open_bill.payment_code}"))
    lines += [
        (today, 175_000, "TRSF CV SUMBER REJEKI INV 2231"),
        (today, 8_412, "JASA GIRO"),
        (today, -6_500, "BIAYA ADM"),
    ]
    return lines


def _line(payment: Payment, amount: int) -> Line:
    code = payment.skrd.payment_code
    return payment.paid_on, amount, f"TRSF E-BANKING {code[:4]} {code[4:]}"


def _csv(lines: list[Line]) -> bytes:
    rows, balance = [";".join(HEADING)], OPENING
    for number, (day, amount, text) in enumerate(lines, start=1):
        balance += amount
        out, into = (f"{-amount},00", "") if amount < 0 else ("", f"{amount},00")
        rows.append(f"{day:%d/%m/%Y};{text};FT{number:07d};{out};{into};{balance},00")
    return "\r\n".join([*rows, ""]).encode()
