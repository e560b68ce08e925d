"""Thousands of plausible cases on one desk, written in bulk: for figures, not for their moves."""

import datetime
import uuid

from django.db.models import Max
from django.utils import timezone

from accounts.models import Identity
from applications.events import FIRST_HASH
from applications.models import Application, Event
from imbportal import areas, crypto, indonesia
from imbportal.daerah import registry
from imbportal.demo import people

SLUG, ROLE = "contoh", "petugas"
NAMES = ("Budi", "Siti", "Agus", "Dewi", "Rina", "Made", "Ketut", "Andi", "Fitri", "Joko")
STREETS = ("Melati", "Anggrek", "Stadion", "Kabupaten", "Kenari", "Mawar", "Diponegoro", "Industri")
NIK = "3528010101900001"
"""Of the first person alone."""


def place(rules, role):
    """Return a track, gate and turn in which this role acts."""
    for track in rules.track:
        for gate, chain in rules.chains(track).items():
            for turn, link in enumerate(chain):
                if link.role == role and gate in ("SUBMITTED", "ASSESSMENT"):
                    return track, gate, turn
    raise LookupError(role)


def fill(count, *, role=ROLE, seed="a"):
    """Write so many cases into the queue of a role: a third late, some claimed, some returned."""
    version, rules = registry.current_version(SLUG), registry.current(SLUG)
    track, gate, turn = place(rules, role)
    persons = _persons(max(1, count // 20), seed)
    villages = [code for code, _ in areas.kecamatan(rules.region_code)]
    applicant = people.applicant("siti")
    officer, today = people.officers(SLUG)[role], indonesia.today()
    first = Application.objects.filter(daerah=SLUG).aggregate(last=Max("number"))["last"] or ""
    cases = []
    for i in range(count):
        entered = timezone.now() - datetime.timedelta(days=5, seconds=i)
        cases.append(Application(
            daerah=SLUG, version_used=version, track=track, number=f"{seed}{i:05}/PBG/2026{first}",
            state=gate, turn=turn, turn_role=role, round=2 if i % 10 == 3 else 1,
            applicant=applicant, holder=persons[i % len(persons)],
            claimed_by=officer if i % 5 == 0 else None, kecamatan=villages[i % len(villages)],
            address=f"Jl. {STREETS[i % len(STREETS)]} {i}", building_name=f"Rumah {i % 977}",
            function="hunian", floor_area=60 + i % 300, entered_at=entered, submitted_at=entered,
            registered_at=entered, due_at=today + datetime.timedelta(days=i % 60 - 20)
            if i % 25 else None,
        ))  # fmt: skip
    Application.objects.bulk_create(cases, batch_size=500)
    _events(cases, applicant, turn)
    return cases


def _persons(count, seed):
    lookup = crypto.lookup(NIK)
    return Identity.objects.bulk_create([
        Identity(
            id=uuid.uuid4(), name=f"{NAMES[i % len(NAMES)]} {seed.upper()} {i}", address="Jl. Uji",
            nik=NIK if i == 0 else None, nik_lookup=lookup if i == 0 else "",
        )
        for i in range(count)
    ])  # fmt: skip


def _events(cases, actor, turn):
    """Write a short history: sent, sent back, sent again; the chain's hashes are not asked for."""
    told = (("submit", "DRAFT", "SUBMITTED"), ("return_incomplete", "SUBMITTED", "INCOMPLETE"),
            ("resubmit", "INCOMPLETE", "SUBMITTED"))  # fmt: skip
    rows = []
    for case in cases:
        length = 3 if case.round > 1 else 1
        for seq, (move, source, target) in enumerate(told[:length], start=1):
            rows.append(Event(
                application=case, seq=seq, move=move, source=source, target=target,
                turn_before=0, turn_after=turn, actor=actor, capacity="Pemohon",
                at=case.entered_at - datetime.timedelta(days=3 - seq),
                prev_hash=FIRST_HASH, hash=FIRST_HASH,
            ))  # fmt: skip
    Event.objects.bulk_create(rows, batch_size=1000)
