"""Cases with bills made straight from the engine, for tests that ask what becomes of a bill."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Identity, User
from applications.models import Application
from documents import services as papers
from imbportal.daerah import registry
from retribusi import engine, fee_day, services
from retribusi.models import Assessment, Payment, Skrd

SLUG = "contoh"
HOUSE = {
    "nama": "Rumah Budi Santosa", "luas": "90", "fungsi": "hunian", "kompleksitas": "sederhana",
    "permanensi": "permanen", "lantai": 1, "kepemilikan": "perorangan",
}  # fmt: skip
GIVEN = {
    "tanggal": "2026-07-01", "kegiatan": "baru", "bangunan": [HOUSE],
    "prasarana": [{"kode": "pagar", "volume": "30"}], "biaya": [],
}  # fmt: skip


def person(name="Budi Santosa"):
    """Return an applicant with his identity."""
    user = User.objects.create_user(f"{name.split()[0].lower()}@tagihan.test", name=name)
    Identity.objects.create(user=user, name=name, address="Jl. Stadion 12")
    return user


def case(user, slug=SLUG, number="REG-1"):
    """Return a case in the state in which its bill waits for money."""
    rules = registry.current(slug)
    return Application.objects.create(
        daerah=slug, version_used=registry.current_version(slug), applicant=user,
        track=next(code for code, track in rules.track.items() if track.fee and not track.refuse),
        holder=user.identity, pickup_code="1", number=number, building_name="Rumah Budi Santosa",
        floor_area=90, state="AWAITING_PAYMENT",
    )  # fmt: skip


def draft(of, at):
    """Return the paper of the bill that would be issued now."""
    return papers.draft(
        kind="skrd", rules=of.rules, version=of.version_used, case=of.pk,
        content=services.draft_bill(of, at),
    )  # fmt: skip


@transaction.atomic
def bill(of, given=None, at=None):
    """Have the engine calculate and issue the bill over what is due."""
    at, given = at or timezone.now(), GIVEN if given is None else given
    result = engine.calculate(fee_day.tariffs(of), given)
    Assessment.objects.create(
        application=of, input=given, result=result.as_json(), total=result.total,
        tariff=result.tariff.id, sample=result.sample, by=of.applicant,
    )  # fmt: skip
    services.bill(of, papers.issue(draft(of, at), at=at), at)
    return Skrd.objects.filter(application=of).latest("pk")


def pay(of, at=None):
    """Let the money of a bill arrive."""
    at = at or timezone.now()
    Payment.objects.create(
        skrd=of, application=of.application, amount=of.amount, paid_on=at.date(),
        confirmed_by=of.application.applicant, confirmed_at=at,
    )  # fmt: skip
    of.settled_at = at
    of.save(update_fields=["settled_at"])


def void(of, at=None):
    services.void_bill(of.application, "Rahasia kantor", at or timezone.now())
    papers.void(of.paper, reason="Rahasia kantor", at=at or timezone.now())


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)
