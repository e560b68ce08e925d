"""Where a case is: its stages with their dates, in whose hands it lay, and its history."""

from dataclasses import dataclass

from applications import clock
from applications.effects import note_to_applicant
from applications.workflow import BY_NAME
from imbportal.daerah.vocabulary import WITH_APPLICANT
from imbportal.indonesia import tanggal

RETURNS = frozenset({"return_krk", "return_incomplete", "request_revision", "refuse_payment"})
STAGES = (
    ("Keterangan Rencana Kota (KRK)", "KRK_REQUESTED", ("KRK_REQUESTED", "KRK_INCOMPLETE")),
    ("Kelengkapan dokumen", "SUBMITTED", ("KRK_ISSUED", "SUBMITTED", "INCOMPLETE")),
    ("Pendataan bangunan", "RECORDING", ("RECORDING",)),
    ("Penilaian teknis", "ASSESSMENT", ("ASSESSMENT", "REVISION", "REJECTION_SIGNING")),
    ("Penetapan retribusi", "FEE", ("FEE", "SKRD_SIGNING")),
    ("Pembayaran retribusi", "SKRD_SIGNING", ("AWAITING_PAYMENT", "PAYMENT_REVIEW")),
    ("Penerbitan {permit}", "PERMIT_SIGNING", ("PERMIT_SIGNING",)),
    ("Pengambilan", "READY", ("ISSUED", "READY", "COLLECTED")),
)
"""What the applicant calls a stage, the gate without which it does not exist, and its states."""
STOPPED = frozenset({"REJECTED", "WITHDRAWN", "LAPSED"})


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
    return {gate for code in application.rules.track for gate in chains(code)}


def steps(application, events, track="", public=False):
    """Return the stages of a case in order, each done, now or later, with its date.

    ``public`` says "Pemohon" instead of "Anda".
    """
    present = gates(application, track)
    stages = [stage for stage in STAGES if stage[1] in present]
    here = _place(application, events, stages)
    return [_step(application, events, stages, index, here, public) for index in range(len(stages))]


def _place(application, events, stages):
    """Return the index of the stage in which the case is, or stopped."""
    state = application.state
    if state in STOPPED and events:
        state = events[-1].source
    found = [index for index, (_, _, states) in enumerate(stages) if state in states]
    return found[0] if found else 0


def _step(application, events, stages, index, here, public):
    label = stages[index][0].format(permit=application.rules.service.permit)
    if index < here or application.state == "COLLECTED":
        return Step(label, _finished(application, events, stages, index), "done")
    if index > here:
        return Step(label, "", "later")
    mine = application.state in WITH_APPLICANT or application.state == "READY"
    return Step(
        label, _now(application, "pemohon" if public else "Anda"), "now", mine and not public
    )


def _finished(application, events, stages, index):
    """Return when the case last left a stage, and after how many corrections."""
    states = stages[index][2]
    left = [e for e in events if e.source in states and e.target not in states and not e.hidden]
    if application.state == "COLLECTED" and index == len(stages) - 1:
        left = [event for event in events if event.target == "COLLECTED"]
    if not left:
        return ""
    day = tanggal(clock.local_date(application, left[-1].at))
    returns = sum(event.move in RETURNS and event.source in states for event in events)
    return f"Selesai {day}" + (f", setelah {returns} perbaikan" if returns else "")


def _now(application, applicant):
    if application.state in STOPPED or application.entered_at is None:
        return application.stage_label
    since = tanggal(clock.local_date(application, application.entered_at))
    if application.state in WITH_APPLICANT:
        return f"Menunggu {applicant} sejak {since}"
    if application.state == "READY":
        return f"Siap diambil sejak {since}"
    who = holder(application)
    return f"Di {who} sejak {since}" if who else application.stage_label


def holder(application):
    """Return the title of the office's hands in which the case is now, or ""."""
    link = application.link
    return application.rules.role[link.role].title if link else ""


def headline(application, event):
    """Return what an event did, in the file's words where it has some."""
    on = application.rules.on_move(application.track, event.move).done if application.track else ""
    chains = application.rules.chains(application.track) if application.track else {}
    chain = chains.get(event.source, ())
    forward = BY_NAME[event.move].by.ways & {"last", "not_last"}
    link = chain[event.turn_before] if forward and event.turn_before < len(chain) else None
    return on or (link.done if link else "") or BY_NAME[event.move].label


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
    """Return in whose hands the case lay, for the component ``hands``; those with days only."""
    return [
        {"who": hand.holder, "days": hand.days, "mine": hand.holder == "Anda"}
        for hand in clock.hands(application, events)
        if hand.days
    ]
