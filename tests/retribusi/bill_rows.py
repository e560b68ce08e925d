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
    version, rules = registry.current_version(SLUG), registry.current(SLUG)
    applicant, officer = people.applicant("siti"), people.officer(SLUG, "bendahara")
    track = next(code for code, track in rules.track.items() if track.fee)
    persons = Identity.objects.bulk_create(
        [Identity(id=uuid.uuid4(), name=f"{name} {last}", address="Jl. Uji") for name in NAMES
         for last in ("Santosa", "Lestari", "Wijaya")]
    )  # fmt: skip
    cases = Application.objects.bulk_create([
        Application(
            daerah=SLUG, version_used=version, track=track, number=f"B{n:05d}", applicant=applicant,
            holder=rng.choice(persons), state="AWAITING_PAYMENT", registered_at=timezone.now(),
        )
        for n in range(count)
    ], batch_size=500)  # fmt: skip
    now = timezone.now()
    one = Assessment.objects.create(
        application=cases[0], input={}, result={}, total=1, tariff="uji", by=officer
    )
    papers = Paper.objects.bulk_create([
        Paper(kind="skrd", daerah=SLUG, version=version, case=case.pk, title="SKRD", content={},
              number=f"SKRD-{n:05d}", issued_at=now, frozen_at=now, token=new_token())
        for n, case in enumerate(cases)
    ], batch_size=500)  # fmt: skip
    bills, days = [], {}
    for n, (case, paper) in enumerate(zip(cases, papers, strict=True)):
        digits = f"3528{n + 101:08d}01"
        void, never = n < voided, n % 25 == 4 or n < voided
        # The last days of a statement belong to the next one: no line, and yet no alarm.
        late = n % 50 == 7
        days[n] = None if never else ends if late else ends - rng.randrange(4, 30) * DAY
        if n in counter:
            days[n] = ends - 8 * DAY
        bills.append(Skrd(
            application=case, assessment=one, paper=paper, number=paper.number,
            amount=rng.randrange(50_000, 3_000_000), issued_at=now - 90 * DAY, due_date=ends,
            payment_code=digits + check_digit(digits), snapshot={},
            settled_at=now if days[n] else None, voided_at=now if void else None,
        ))  # fmt: skip
    Skrd.objects.bulk_create(bills, batch_size=500)
    paid = [(n, bill) for n, bill in enumerate(bills) if days[n]]
    proofs = PaymentProof.objects.bulk_create([
        PaymentProof(
            skrd=bill, file="", file_sha256="", amount=bill.amount, paid_on=days[n], bank="Bank",
            reference=f"NTB {rng.randrange(10**11, 10**12)}", status="diterima",
            filed_by=officer if n in counter else applicant,
        )
        for n, bill in paid
    ], batch_size=500)  # fmt: skip
    Payment.objects.bulk_create([
        Payment(skrd=bill, application=bill.application, amount=bill.amount, proof=proof,
                paid_on=days[n], confirmed_by=officer, confirmed_at=now)
        for (n, bill), proof in zip(paid, proofs, strict=True)
    ], batch_size=500)  # fmt: skip
    references = {bill.pk: proof.reference for (_, bill), proof in zip(paid, proofs, strict=True)}
    return [
        Known(bill.number, bill.payment_code, bill.amount, bill.application.holder.name, days[n],
              references.get(bill.pk, ""), bill.voided_at is not None)
        for n, bill in enumerate(bills)
    ]  # fmt: skip
