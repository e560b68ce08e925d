"""Where a case is: its stages with their dates, in whose hands it lay, and its history."""

from dataclasses import dataclass
from typing import NamedTuple

from applications import besides, clock, ports
from applications.headlines import headline
from applications.telling import note_to_applicant
from imbportal.daerah.vocabulary import WITH_APPLICANT
from imbportal.daerah.ways import OUTSIDE
from imbportal.indonesia import tanggal

RETURNS = frozenset({"return_krk", "return_incomplete", "request_revision", "refuse_payment"})
STOPPED = frozenset({"REJECTED", "WITHDRAWN", "LAPSED"})


class Stage(NamedTuple):
    """What the applicant calls a stage, the gate without which there is none, its states."""

    label: str
    gate: str
    states: tuple[str, ...]
    done: str
    """What has happened when it is over, before the date."""


STAGES = (
    Stage("Keterangan Rencana Kota (KRK)", "KRK_REQUESTED", ("KRK_REQUESTED", "KRK_INCOMPLETE"),
          "Terbit"),
    Stage("Kelengkapan dokumen", "SUBMITTED", ("KRK_ISSUED", "SUBMITTED", "INCOMPLETE"), "Lengkap"),
    Stage("Pendataan bangunan", "RECORDING", ("RECORDING",), "Didata"),
    Stage("Penilaian teknis", "ASSESSMENT", ("ASSESSMENT", "REVISION", "REJECTION_SIGNING"),
          "Disetujui"),
    Stage("Penetapan retribusi", "FEE", ("FEE", "SKRD_SIGNING"), "SKRD terbit"),
    Stage("Pembayaran retribusi", "SKRD_SIGNING", ("AWAITING_PAYMENT", "PAYMENT_REVIEW"), "Lunas"),
    Stage("Penerbitan {permit}", "PERMIT_SIGNING", ("PERMIT_SIGNING",), "Terbit"),
    Stage("Pengambilan", "READY", ("ISSUED", "READY", "COLLECTED"), "Diambil"),
)  # fmt: skip
OF_SERVICE = "Pemeriksaan layanan"
"""What the assessment is called where no drawings are assessed."""
ENDED = {"REJECTED": "Ditolak", "WITHDRAWN": "Dicabut", "LAPSED": "Gugur"}
UNITS = {"hari": "hari", "hari_kerja": "hari kerja"}


@dataclass(frozen=True)
class Step:
    """One stage for the component ``steps``."""

    label: str
    text: str
    status: str
    mine: bool = False


def gates(application, track=""):
    """Return the gates of the case's track; before a track is known, those of every track."""
    chains = application.rules.chains
    if track or application.track:
        return chains(track or application.track).keys()
    served = [code for code in application.rules.track if code != OUTSIDE]
    return {gate for code in served for gate in chains(code)}


def steps(application, events, track="", public=False):
    """Return the stages of a case in order, each done, now, later or stopped, with its date.

    ``public`` says "pemohon" instead of "Anda". Behind the stage where a case stopped is nothing.
    """
    present = gates(application, track)
    stages = [stage for stage in STAGES if stage.gate in present]
    here = _place(application, events, stages)
    if application.state in STOPPED:
        stages = stages[: here + 1]
    waits = _times(application, track)
    return [
        _step(application, events, stage, index - here, waits.get(stage.gate, ""), public)
        for index, stage in enumerate(stages)
    ]


def _place(application, events, stages):
    """Return the index of the stage in which the case is, or stopped."""
    state = application.state
    if state in STOPPED and (last := besides.last_move(events)):
        state = last.source
    found = [index for index, stage in enumerate(stages) if state in stage.states]
    return found[0] if found else 0


def _step(application, events, stage, place, wait, public):
    """Return one stage; ``place`` is below 0 behind the present one, above 0 before it."""
    label = stage.label.format(permit=application.rules.service.permit)
    if application.is_service and stage.gate == "ASSESSMENT":
        label = OF_SERVICE
    if application.permit_status and "COLLECTED" in stage.states:
        return _sanctioned(application, events, label)
    if place < 0 or application.state == "COLLECTED":
        return Step(label, _finished(application, events, stage), "done")
    if place > 0:
        return Step(label, wait, "later")
    if application.state in STOPPED:
        return Step(label, _stopped(application, events), "stop")
    mine = application.state in WITH_APPLICANT or application.state == "READY"
    text = _now(application, events, "pemohon" if public else "Anda")
    return Step(label, text, "now", mine and not public)


def day(application, at):
    """Return a moment's day as written in the stepper: without the year while it is this one."""
    date = clock.local_date(application, at)
    text = tanggal(date)
    return text.rpartition(" ")[0] if date.year == clock.today(application).year else text


def _finished(application, events, stage):
    """Return what ended a stage, when, and after how many corrections."""
    left = [e for e in events if e.source in stage.states and e.target not in stage.states]
    if application.state == "COLLECTED" and stage.states[-1] == "COLLECTED":
        left = [e for e in events if e.target == "COLLECTED" and e.source != "COLLECTED"]
    if not left:
        return "Tidak ada yang harus dibayar" if stage.done == "Lunas" else ""
    if left[-1].hidden:
        return ""
    who = f" {left[-1].capacity}" if stage.gate == "ASSESSMENT" and left[-1].capacity else ""
    returns = sum(event.move in RETURNS and event.source in stage.states for event in events)
    after = f", setelah {returns} perbaikan" if returns else ""
    return f"{stage.done}{who} {day(application, left[-1].at)}{after}"


SANCTIONS = ("freeze_paper", "revoke_paper")


def _sanctioned(application, events, label):
    """Return the last stage of a case whose permit was frozen or revoked after its issue."""
    last = [event for event in events if event.move in SANCTIONS]
    since = f" {day(application, last[-1].at)}" if last else ""
    status = "stop" if application.permit_revoked else "now"
    return Step(label, f"{application.stage_label}{since}", status)


def _stopped(application, events):
    text = ENDED[application.state]
    last = besides.last_move(events)
    return f"{text} {day(application, last.at)}" if last else text


def _now(application, events, applicant):
    """Return where the case lies, since when, and until when that may last."""
    if application.entered_at is None:
        return "Belum dikirim" if application.state == "DRAFT" else application.stage_label
    since = day(application, application.entered_at)
    if application.state in WITH_APPLICANT:
        return f"Menunggu {applicant} sejak {since}"
    if application.state == "READY":
        return f"Siap diambil sejak {since}"
    who = holder(application)
    if waits := _relief(application):
        return f"{waits.kind.capitalize()}: di {who} sejak {day(application, waits.at)}"
    limit = clock.of_link(application, events)
    until = f", paling lambat {tanggal(limit.end)}" if limit else ""
    return f"Di {who} sejak {since}{until}" if who else application.stage_label


def _times(application, track):
    """Return by gate how long the office may take there, where its links say so in one unit."""
    code = track or application.track
    found = {}
    for gate, chain in application.rules.chains(code).items() if code else ():
        limits = [link.deadline for link in chain if link.deadline]
        units = {limit.unit for limit in limits}
        if len(units) == 1:
            total = sum(limit.amount for limit in limits)
            found[gate] = f"Paling lama {total} {UNITS[units.pop()]}"
    return found | ({"SKRD_SIGNING": ""} if found else {})


def holder(application):
    """Return the title of the office's hands in which the case is now, or ""."""
    if waits := _relief(application):
        return waits.who
    link = application.link
    return application.rules.role[link.role].title if link else ""


def _relief(application):
    """Return the request for relief for which the case waits, or None."""
    return ports.money.pending_reliefs([application]).get(application.pk)


def history(application, events):
    """Return what happened, newest first, without what only the portal passed through."""
    return [
        {
            "headline": headline(application, event),
            "who": event.capacity,
            "at": event.at,
            "note": note_to_applicant(event),
            "papers": event.data.get("papers", []),
        }
        for event in reversed(events)
        if not event.hidden
    ]


def hands(application, events):
    """Return in whose hands the case lay, for the component ``hands``, and lies now."""
    waits = application.state in WITH_APPLICANT | {"READY"} and not application.permit_status
    now = "Anda" if waits else holder(application)
    return [
        {
            "who": hand.holder,
            "days": hand.days,
            "mine": hand.holder == "Anda",
            "now": hand.holder == now,
        }
        for hand in clock.hands(application, events)
        if hand.days or hand.holder == now
    ]
