"""What must hold of complaints: each has its receipt, stands where its events lead, and was
answered by nobody who had a hand in its case."""

from collections.abc import Iterator

from django.db.models import Q

from applications import rules as case_rules
from documents.invariants import Given, series_faults
from documents.models import Counter
from feedback.models import Complaint, ComplaintEvent
from imbportal.daerah.complaints import COMPLAINT
from imbportal.invariants import Fault

CHECK = "pengaduan"
MANY = 200


def receipts() -> Iterator[Fault]:
    """Find gaps and foreign patterns in the numbers, and complaints whose history is not theirs."""
    counters = Counter.objects.filter(key__contains=f":{COMPLAINT}:")
    rows = Complaint.objects.order_by("created_at")
    given = (Given(c.rules, COMPLAINT, c.number, c.created_at, None) for c in rows.iterator(MANY))
    yield from series_faults(given, counters)
    for complaint in rows.prefetch_related("events").iterator(MANY):
        for text in _history(complaint, list(complaint.events.all())):
            yield Fault(CHECK, complaint.case_id, f"{complaint.daerah} {complaint}: {text}")


def _history(complaint: Complaint, events: list[ComplaintEvent]) -> Iterator[str]:
    if not events or events[0].move != "receive":
        yield "tanpa tanda terima"
    before = ""
    for number, event in enumerate(events, start=1):
        if event.seq != number:
            yield f"kejadian {event.seq} seharusnya {number}"
        if event.source != before:
            yield f"kejadian {event.seq} mulai dari {event.source or '-'}, bukan {before or '-'}"
        before = event.target
    if events and complaint.state != before:
        yield f"status {complaint.state}, kejadian terakhir menuju {before}"
    answers = [event for event in events if event.move == "answer"]
    if bool(answers) != (complaint.answered_on is not None):
        yield "hari jawaban tidak sesuai dengan kejadiannya"
    if any(not event.text for event in answers):
        yield "dijawab tanpa kata"


def hands() -> Iterator[Fault]:
    """Find answers given by somebody who had acted in the case before, by account or by NIK."""
    answers = ComplaintEvent.objects.filter(move="answer", complaint__case__isnull=False)
    for event in answers.select_related("complaint", "actor__identity").order_by("pk"):
        complaint, before = event.complaint, {"at__lte": event.at}
        actors = Q(actor=event.actor_id)
        if nik := case_rules.nik_of(event.actor):
            actors |= Q(actor__identity__nik_lookup=nik)
        acted = complaint.case.events.filter(actors, **before).exists()
        signed = complaint.case.acts.filter(by=event.actor_id, **before).exists()
        if acted or signed:
            text = f"{complaint.daerah} {complaint}: dijawab {event.actor}, yang ikut menanganinya"
            yield Fault(CHECK, complaint.case_id, text)


CHECKS = (receipts, hands)
