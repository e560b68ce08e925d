"""The letter with the decision on a request for relief: what was asked, the sum, the answer."""

from __future__ import annotations

import datetime

from applications import clock
from applications.models import Application
from applications.paper_parts import base
from documents.content import PaperContent, Section, Table
from imbportal.indonesia import rupiah, tanggal
from retribusi import reliefs, sheets
from retribusi.billing import SAMPLE_NOTE
from retribusi.models import Relief


def letter(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the letter on the newest request of a case, which has just been decided."""
    relief = application.reliefs.order_by("-pk").first()
    if relief is None or relief.outcome is None:
        raise LookupError("no decision to print")
    rule = reliefs.rule_of(relief)
    reason = Section(label="Pertimbangan", paragraphs=(relief.reason,))
    sections = (
        Section(label="Membaca", paragraphs=(_request(relief),)),
        *((reason,) if relief.reason else ()),
        Section(label="Memutuskan", paragraphs=(_decision(relief),)),
        *sheets.relief_section(relief.outcome.result),
    )
    kind = rule.paper or ""
    return base(
        application, kind, sections=sections, closing=(_follows(relief),),
        basis=application.rules.paper[kind].basis or (rule.cite,),
        sample=relief.outcome.sample or rule.contoh,
        sample_note=SAMPLE_NOTE if relief.outcome.sample else "",
    )  # fmt: skip


def cover(application: Application, note: str, at: datetime.datetime) -> PaperContent:
    """Return the letter that takes the newest request, with its documents, to who decides it."""
    relief = application.reliefs.order_by("-pk").first()
    if relief is None:
        raise LookupError("no request to send on")
    rule = reliefs.rule_of(relief)
    kind = rule.cover or ""
    day = tanggal(clock.local_date(application, relief.asked_at))
    sent = (
        f"Bersama ini kami kirim berkas permohonan {rule.kind} retribusi tanggal {day} "
        f"({rule.name}) untuk diputuskan. Retribusi yang dihitung sebesar "
        f"{rupiah(_before(relief))}."
    )
    rows = tuple((str(n), item["label"]) for n, item in enumerate(relief.documents, start=1))
    wish = Section(label="Keterangan pemohon", paragraphs=(relief.words,))
    return base(
        application, kind,
        recipient=(reliefs.decider(rule, application),),
        sections=(
            Section(paragraphs=(sent,)),
            *((wish,) if relief.words else ()),
            Section(table=Table(head=("No.", "Lampiran"), rows=rows, align="ll")),
        ),
        basis=application.rules.paper[kind].basis or (rule.cite,),
    )  # fmt: skip


def _request(relief: Relief) -> str:
    case, rule = relief.application, reliefs.rule_of(relief)
    day = tanggal(clock.local_date(case, relief.asked_at))
    owed = rupiah(_before(relief))
    enclosed = "; ".join(item["label"] for item in relief.documents)
    return (
        f"Permohonan {rule.kind} retribusi tanggal {day} ({rule.name}) atas retribusi yang "
        f"dihitung sebesar {owed}. Dilampiri: {enclosed}."
    )


def _before(relief: Relief) -> int:
    """Return the fee without any relief."""
    found = sheets.lowered(relief.assessment.result)
    return found.before if found else relief.assessment.total


def _decision(relief: Relief) -> str:
    case, rule = relief.application, reliefs.rule_of(relief)
    who = reliefs.decider(rule, case)
    if relief.state != Relief.State.GRANTED:
        return f"{who} tidak mengabulkan permohonan {rule.kind} retribusi ini."
    share = reliefs.share(case, relief.code)
    return f"{who} mengabulkan {rule.kind} retribusi sebesar {share}."


def _follows(relief: Relief) -> str:
    """Return what comes next, with the amount."""
    outcome = relief.outcome
    total = outcome.total if outcome else 0
    if not total:
        return "Tidak ada retribusi yang harus dibayar; permohonan diteruskan ke penerbitan izin."
    return f"SKRD sebesar {rupiah(total)} disampaikan sesudah ini; bayar setelah SKRD terbit."
