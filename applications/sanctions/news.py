"""Who is told of a decision: the holder, what happened, what he must do, and by when."""

from __future__ import annotations

from django.urls import reverse

from accounts import contacts, postings
from applications import rules
from applications.models import Application, Event, SanctionAct
from applications.sanctions import letters, papers
from applications.telling import ENDED
from documents.models import Paper
from imbportal.indonesia import tanggal
from notifications import outbox

Kind = SanctionAct.Kind
TOLD = "email/sms"
TASK = (
    "Periksa apakah isinya masih benar. Bila tidak, terbitkan penggantinya dari halaman surat itu: "
    "tombol Ganti."
)
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


def signers(act: SanctionAct, event: Event, kept: list[Paper]) -> None:
    """Tell who signed what stays with a permit that was replaced: whether it still holds is his."""
    case = act.application
    permit = papers.name(case, act.letter)
    for paper in kept:
        role, said = papers.signer(case, paper), f"{paper.title} nomor {paper.number}"
        for officer in postings.holders(case.daerah, role, kecamatan=case.kecamatan):
            outbox.send(
                template="kantor",
                key=f"event:{event.pk}:{paper.pk}:{officer.pk}",
                user=officer,
                channels=[],
                context=_about(case) | {
                    "headline": f"{act.paper.title} diganti; periksa lampirannya",
                    "detail": f"{said} kini lampiran {permit}. Alasan: {act.reason}",
                    "task": TASK,
                },
                daerah=case.daerah,
                case=case.pk,
                url=reverse("admin:sanction", args=[paper.pk]),
            )  # fmt: skip


def _about(case: Application) -> dict[str, str]:
    return {
        "permit": case.rules.service.permit, "number": case.number, "place": case.address,
    }  # fmt: skip


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
        context=_about(case)
        | {
            "headline": headline if acts else "Ada kabar baru",
            "office": papers.rules_of(case).office.name,
        }
        | news,
        daerah=case.daerah,
        case=case.pk,
        url=reverse("applications:detail", args=[case.pk]),
    )  # fmt: skip
