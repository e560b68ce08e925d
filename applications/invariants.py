"""What must hold of every case: its history, its numbers, its acts, and its four duties."""

from collections.abc import Iterator
from itertools import combinations, groupby
from typing import Any

from django.db.models import Count, F, Prefetch

from applications import events, rules
from applications.models import Act, Application, CaseDuty, Event
from documents.invariants import CASE, Given, series_faults
from documents.models import Counter
from imbportal.invariants import Fault

NUMBERED_BY = ("request_krk", "submit", "resubmit")
"""Moves that give a case its number, where it has none."""
MANY = 200
"""Cases read at a time."""


def history() -> Iterator[Fault]:
    """Find cases that do not stand where their events lead, and chains that are broken."""
    cases = Application.objects.prefetch_related(Prefetch("events", events.told()))
    for case in cases.order_by("pk").iterator(MANY):
        told = list(case.events.all())
        for text in [*events.broken(case, told), *_disagreements(case, told)]:
            yield Fault("riwayat", case.pk, text)


def _disagreements(case: Application, told: list[Event]) -> Iterator[str]:
    before = "DRAFT"
    for event in told:
        if event.source != before:
            yield f"kejadian {event.seq} mulai dari {event.source}, bukan {before}"
        before = event.target
    if case.state != before:
        yield f"tahap {case.state}, kejadian terakhir menuju {before}"
    turn = told[-1].turn_after if told else 0
    if case.turn != turn:
        yield f"giliran {case.turn}, kejadian terakhir menuju {turn}"
    role = case.link.role if case.link else ""
    if case.turn_role != role:
        yield f"giliran {case.turn_role or '-'}, seharusnya {role or '-'}"


def numbers() -> Iterator[Fault]:
    """Find gaps, doubles and foreign patterns in the numbers of the cases."""
    return series_faults(_given(), Counter.objects.filter(key__contains=f":{CASE}:"))


def _given() -> Iterator[Given]:
    sent: dict[Any, Any] = {}
    for pk, at in (
        Event.objects.filter(move__in=NUMBERED_BY).order_by("seq").values_list("application", "at")
    ):
        sent.setdefault(pk, at)
    for case in Application.objects.exclude(number="").order_by("pk").iterator(MANY):
        yield Given(case.rules, CASE, case.number, sent.get(case.pk, case.created_at), case.pk)


def acts() -> Iterator[Fault]:
    """Find links on which two acts stand, and acts whose duty nobody holds."""
    standing = Act.objects.filter(voided_at=None)
    doubles = standing.values("application", "gate", "link").annotate(times=Count("pk"))
    for row in doubles.filter(times__gt=1).order_by("application", "gate", "link"):
        text = f"{row['times']} tindakan berlaku pada mata rantai {row['link']} {row['gate']}"
        yield Fault("tindakan", row["application"], text)
    held = set(CaseDuty.objects.values_list("application", "person", "duty"))
    for act in standing.select_related("application").order_by("pk").iterator(MANY):
        duty = _duty_of(act)
        if not duty or (act.application_id, act.by_id, duty) in held:
            continue
        if duty not in rules.duties_of(act.application, act.by):  # by another account of his
            yield Fault("tugas", act.application_id, f"{act} berlaku tanpa tugas {duty}")


def _duty_of(act: Act) -> str | None:
    """Return the duty of an act's link; None where the case has gone over to another track."""
    case = act.application
    chain = case.rules.chains(case.track).get(act.gate, ()) if case.track else ()
    link = chain[act.link] if act.link < len(chain) else None
    return link.duty if link and (link.role, link.act) == (act.role, act.act) else None


def duties() -> Iterator[Fault]:
    """Find persons, by account or by NIK, who hold two duties in a case or are its applicant."""
    related = ("person__identity", "application__applicant__identity", "application__holder")
    rows = CaseDuty.objects.select_related(*related).order_by("application", "pk")
    for pk, group in groupby(rows.iterator(MANY), key=lambda row: row.application_id):
        held = list(group)
        for row in held:
            if rules.same_person(row.application, row.person):
                yield Fault("tugas", pk, f"{row.person} pemohon, tetapi memegang tugas {row.duty}")
        for one, other in combinations(held, 2):
            if one.duty != other.duty and _persons(one) & _persons(other):
                text = f"{one.person} memegang tugas {one.duty} dan {other.duty}"
                yield Fault("tugas", pk, text)


def _persons(row: CaseDuty) -> set[Any]:
    """Return all by which the holder of a duty is known: account, NIK then, NIK now."""
    return {row.person_id, row.nik_lookup, rules.nik_of(row.person)} - {""}


def counter() -> Iterator[Fault]:
    """Find cases of the counter that went only half over to their applicant, or from no day."""
    cases = Application.objects.order_by("pk")
    for case in cases.filter(applicant__walk_in__closed_at__isnull=False):
        yield Fault("loket", case.pk, "masih pada akun loket yang sudah ditutup")
    for case in cases.filter(taken_over_at__gt=F("registered_at"), takeovers=None):
        yield Fault("loket", case.pk, "diambil alih pemohon tanpa catatan")
    for case in cases.filter(filed_by=None).exclude(taken_over_at=None, received_on=None):
        yield Fault(
            "loket", case.pk, "bukan dari loket, tetapi bertanggal berkas kertas atau klaim"
        )


CHECKS = (history, numbers, acts, duties, counter)
