"""What the papers print: receipt of an objection, the decision on it, the SKRDLB."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from applications import clock
from applications.models import Application
from applications.paper_parts import base
from documents.content import PaperContent, Section, Table
from imbportal.daerah.corrections import SKRDLB
from imbportal.indonesia import rupiah, tanggal, terbilang
from retribusi.acts import title_of
from retribusi.billing import SAMPLE_NOTE
from retribusi.corrections import objections, ruling
from retribusi.models import Objection


def letter(kind: str, application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return one of the papers that ``applications.papers`` asks for by its kind."""
    return LETTERS[kind](application, note, at)


def receipt(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the receipt of the newest objection, which has just come."""
    objection = _newest(application)
    rule, bill = objections.rule_of(application), objection.bill
    rows = [
        ("Keberatan atas", f"SKRD nomor {bill.number}, {rupiah(bill.amount)}"),
        ("Diterima", tanggal(clock.local_date(application, objection.asked_at))),
        ("Lampiran", objection.document.name if objection.document else "tidak ada"),
        ("Sekarang di tangan", title_of(application, objection.holder)),
        ("Diputus oleh", title_of(application, rule.decided_by)),
    ]
    if objection.due_on:
        rows.append(("Diputus paling lambat", tanggal(objection.due_on)))
    due = () if bill.settled_at else (
        f"Keberatan ini tidak menunda jatuh tempo SKRD: {tanggal(bill.due_date)}.",
    )  # fmt: skip
    return base(
        application, rule.receipt,
        sections=(
            Section(paragraphs=("Telah diterima keberatan atas ketetapan retribusi:",)),
            Section(table=Table(head=("", ""), rows=tuple(rows), align="ll")),
            Section(label="Alasan pemohon", paragraphs=(objection.words,)),
        ),
        closing=due, sample=bill.paper.sample or rule.contoh,
    )  # fmt: skip


def decision(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the letter on the newest objection, just decided; ``note`` is what goes back."""
    objection = _newest(application)
    rule, bill = objections.rule_of(application), objection.bill
    asked = tanggal(clock.local_date(application, objection.asked_at))
    number = objection.receipt.number if objection.receipt else ""
    read = (
        f"Keberatan tanggal {asked} (tanda terima nomor {number}) atas SKRD nomor {bill.number} "
        f"sebesar {rupiah(bill.amount)}. Alasan pemohon: {objection.words}"
    )
    return base(
        application, rule.paper,
        sections=(
            Section(label="Membaca", paragraphs=(read,)),
            Section(label="Pertimbangan", paragraphs=(objection.reason,)),
            Section(label="Memutuskan", paragraphs=(_answer(objection),)),
        ),
        closing=(ruling.follows(objection, note),),
        basis=application.rules.paper[rule.paper].basis or (rule.cite,),
        sample=bill.paper.sample or rule.contoh,
    )  # fmt: skip


def _answer(objection: Objection) -> str:
    case, State = objection.application, Objection.State
    who = title_of(case, objections.rule_of(case).decided_by)
    how = {
        State.GRANTED: "mengabulkan seluruhnya",
        State.PARTLY: "mengabulkan sebagian, menurut pertimbangan di atas,",
        State.REFUSED: "menolak",
    }[objection.state]
    return f"{who} {how} keberatan ini."


def _newest(application: Application) -> Objection:
    found = application.objections.order_by("-pk").first()
    if found is None:
        raise LookupError("no objection to print")
    found.application = application
    return found


def overpaid(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the SKRDLB over the refund that ``note`` names by its id: set, paid, too much."""
    refund = application.refunds.get(pk=note)
    rows = (
        ("Telah dibayar", rupiah(refund.paid)),
        ("Seharusnya", rupiah(refund.owed)),
    )
    why = [f"Sebab: {refund.get_cause_display().lower()}."]
    if refund.note:
        why.append(refund.note)
    calculated = refund.assessment
    return base(
        application, SKRDLB,
        sections=(
            Section(paragraphs=tuple(why)),
            Section(table=Table(
                head=("", ""), rows=rows, align="lr",
                foot=("Lebih bayar yang dikembalikan", rupiah(refund.amount)),
            )),
            Section(paragraphs=(f"Dengan huruf: {terbilang(refund.amount)} rupiah.",)),
        ),
        closing=("Dikembalikan ke rekening yang diisi pemohon pada halaman permohonan.",),
        sample=application.rules.paper[SKRDLB].contoh or bool(calculated and calculated.sample),
        sample_note=SAMPLE_NOTE if calculated and calculated.sample else "",
    )  # fmt: skip


LETTERS: dict[str, Callable[[Application, str, datetime.datetime], PaperContent]] = {
    "tanda_terima_keberatan": receipt,
    "keputusan_keberatan": decision,
    SKRDLB: overpaid,
}
