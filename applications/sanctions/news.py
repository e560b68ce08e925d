"""Who is told of a decision: the holder, what happened, what he must do, and by when."""

from __future__ import annotations

from django.urls import reverse

from accounts import contacts
from applications import rules
from applications.models import Application, Event, SanctionAct
from applications.sanctions import letters, papers
from applications.telling import ENDED
from documents.models import Paper
from imbportal.indonesia import tanggal
from notifications import outbox

Kind = SanctionAct.Kind
TOLD = "email/sms"
HEADLINES = {
    Kind.WARN: "Peringatan atas {paper}",
    Kind.FREEZE: "{paper} dibekukan",
    Kind.LIFT: "{paper} berlaku kembali: pembekuannya dicairkan",
    Kind.REVOKE: "{paper} dicabut",
    Kind.REPLACE: "{paper} diganti dengan surat baru",
}


def tell(act: SanctionAct, event: Event) -> None:
    """Tell the holder of a paper what was decided about it."""
    case, paper = act.application, act.paper
    headline = HEADLINES[Kind(act.kind)].format(paper=f"{paper.title} nomor {paper.number}")
    _send(case, f"event:{event.pk}", headline, detail(act), letters.todo(act), by_when(act))


def copy(act: SanctionAct, case: Application, paper: Paper) -> None:
    """Tell whoever asked for a copy what became of it together with its original."""
    headline = HEADLINES[Kind(act.kind)].format(paper=f"{paper.title} nomor {paper.number}")
    said = f"Surat aslinya, {papers.name(act.application, act.paper)}, juga demikian."
    _send(
        case, f"keputusan:{act.event_id}:{paper.pk}", headline, f"{act.reason}\n{said}",
        letters.todo(act), by_when(act),
    )  # fmt: skip


def detail(act: SanctionAct) -> str:
    """Return why, by which letter, and how to object."""
    lines = [f"Alasan: {act.reason}", f"Dasar: {act.basis}" if act.basis else ""]
    lines.append(f"{act.letter.title} nomor {act.letter.number}.")
    if act.kind not in (Kind.LIFT, Kind.REPLACE):
        lines.append(letters.objection(act))
    return "\n".join(line for line in lines if line)


def by_when(act: SanctionAct) -> str:
    return tanggal(act.until) if act.until else ""


def _send(case: Application, key: str, headline: str, detail: str, todo: str, by_when: str) -> None:
    acts = rules.acts(case)
    news = {"detail": detail, "next": todo, "by_when": by_when} if acts else dict(ENDED)
    outbox.send(
        template="langkah",
        key=f"{key}:pemohon",
        user=case.applicant,
        channels=contacts.channels(case.applicant, TOLD),
        context={
            "permit": case.rules.service.permit,
            "number": case.number,
            "place": case.address,
            "headline": headline if acts else "Ada kabar baru",
            "office": papers.rules_of(case).office.name,
        } | news,
        daerah=case.daerah,
        case=case.pk,
        url=reverse("applications:detail", args=[case.pk]),
    )  # fmt: skip
