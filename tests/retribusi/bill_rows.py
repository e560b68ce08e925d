"""Bills with their payments, written in bulk: rows as the portal writes them, not its moves."""

from __future__ import annotations

import datetime
import random
import uuid

from bank_paper import Known
from django.utils import timezone

from accounts.models import Identity
from applications.models import Application
from documents.models import Paper, new_token
from imbportal.daerah import registry
from imbportal.demo import people
from retribusi.billing import check_digit
from retribusi.models import Assessment, Payment, PaymentProof, Skrd

SLUG = "contoh"
NAMES = ("Budi", "Siti", "Agus", "Dewi", "Rina", "Made", "Ketut", "Andi", "Fitri", "Joko")
DAY = datetime.timedelta(days=1)


def fill(
    count: int, rng: random.Random, ends: datetime.date, voided: int = 4, counter=()
) -> list[Known]:
    """Write so many bills: most paid within thirty days, some on the last day, some never.

    Those that ``counter`` numbers were paid at a counter on one day, eight before the end.
    """
    days = {n: ends - 8 * DAY if n in counter else _day(n, rng, ends, voided) for n in range(count)}
    bills = _bills(_cases(count, rng), days, rng, ends, voided)
    proofs = _proofs({n: bill for n, bill in enumerate(bills) if days[n]}, days, rng, counter)
    references = {proof.skrd_id: proof.reference for proof in proofs}
    return [
        Known(bill.number, bill.payment_code, bill.amount, bill.application.holder.name, days[n],
              references.get(bill.pk, ""), bill.voided_at is not None)
        for n, bill in enumerate(bills)
    ]  # fmt: skip


def _day(n, rng, ends, voided):
    """Return when a bill was paid, None where never."""
    if n < voided or n % 25 == 4:
        return None
    # The last days of a statement belong to the next one: no line, and yet no alarm.
    return ends if n % 50 == 7 else ends - rng.randrange(4, 30) * DAY


def _cases(count, rng):
    """Return cases of one applicant, each for one of thirty persons."""
    version, rules = registry.current_version(SLUG), registry.current(SLUG)
    track = next(code for code, track in rules.track.items() if track.fee)
    applicant = people.applicant("siti")
    persons = Identity.objects.bulk_create(
        [Identity(id=uuid.uuid4(), name=f"{name} {last}", address="Jl. Uji") for name in NAMES
         for last in ("Santosa", "Lestari", "Wijaya")]
    )  # fmt: skip
    return Application.objects.bulk_create([
        Application(
            daerah=SLUG, version_used=version, track=track, number=f"B{n:05d}", applicant=applicant,
            holder=rng.choice(persons), state="AWAITING_PAYMENT", registered_at=timezone.now(),
        )
        for n in range(count)
    ], batch_size=500)  # fmt: skip


def _bills(cases, days, rng, ends, voided):
    """Return a bill for each case, with its paper, over one calculation of nothing."""
    now, version = timezone.now(), registry.current_version(SLUG)
    one = Assessment.objects.create(
        application=cases[0], input={}, result={}, total=1, tariff="uji",
        by=people.officer(SLUG, "bendahara"),
    )  # fmt: skip
    papers = Paper.objects.bulk_create([
        Paper(kind="skrd", daerah=SLUG, version=version, case=case.pk, title="SKRD", content={},
              number=f"SKRD-{n:05d}", issued_at=now, frozen_at=now, token=new_token())
        for n, case in enumerate(cases)
    ], batch_size=500)  # fmt: skip
    return Skrd.objects.bulk_create([
        Skrd(
            application=case, assessment=one, paper=paper, number=paper.number,
            amount=rng.randrange(50_000, 3_000_000), issued_at=now - 90 * DAY, due_date=ends,
            payment_code=_code(n), snapshot={}, settled_at=now if days[n] else None,
            voided_at=now if n < voided else None,
        )
        for n, (case, paper) in enumerate(zip(cases, papers, strict=True))
    ], batch_size=500)  # fmt: skip


def _code(n):
    digits = f"3528{n + 101:08d}01"
    return digits + check_digit(digits)


def _proofs(paid, days, rng, counter):
    """Return an accepted slip for each paid bill, with its payment."""
    applicant, officer = people.applicant("siti"), people.officer(SLUG, "bendahara")
    proofs = PaymentProof.objects.bulk_create([
        PaymentProof(
            skrd=bill, file="", file_sha256="", amount=bill.amount, paid_on=days[n], bank="Bank",
            reference=f"NTB {rng.randrange(10**11, 10**12)}", status="diterima",
            filed_by=officer if n in counter else applicant,
        )
        for n, bill in paid.items()
    ], batch_size=500)  # fmt: skip
    Payment.objects.bulk_create([
        Payment(skrd=proof.skrd, application=proof.skrd.application, amount=proof.amount,
                proof=proof, paid_on=proof.paid_on, confirmed_by=officer,
                confirmed_at=timezone.now())
        for proof in proofs
    ], batch_size=500)  # fmt: skip
    return proofs
