"""The chapter of decisions about issued papers: warned, frozen, released, revoked, replaced."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from applications.casefile.folder import Cell, Folder, iso
from applications.models import Application, SanctionAct
from documents.models import Paper


def gather(folder: Folder) -> None:
    """Add each decision with its reason and its letter; of a copy, those about its original too."""
    part = folder.part("keputusan", "Keputusan atas surat yang sudah terbit")
    head = ("Keputusan", "Surat", "Alasan", "Yang harus dilakukan", "Disampaikan dengan")
    table, data = part.table("", *head), []
    for act in _of(folder.case):
        letter = folder.printed.get(act.letter_id, "")
        until = f"paling lambat {folder.day(act.until)}" if act.until else ""
        table.add(
            Cell(act.get_kind_display(), small=_by_whom(folder, act)),
            Cell(
                act.paper.title, folder.printed.get(act.paper_id, ""), f"nomor {act.paper.number}"
            ),
            Cell(act.reason, small=f"Dasar: {act.basis}" if act.basis else ""),
            Cell(act.todo, small=until),
            Cell(act.letter.title, letter, f"nomor {act.letter.number}"),
        )
        data.append(_data(folder, act, letter))
    if data:
        folder.add_json("data/keputusan.json", data)


def _of(case: Application) -> list[SanctionAct]:
    """Return the decisions about papers of a case, the earliest first."""
    papers = Paper.objects.filter(case=case.pk).values_list("pk", flat=True)
    mine = {str(pk) for pk in papers}
    found = SanctionAct.objects.filter(Q(application=case) | Q(paper=case.parent_permit_id))
    found = found.select_related("paper", "letter", "by", "event").order_by("pk")
    return [act for act in found if mine & {str(act.paper_id), *act.also}]


def _by_whom(folder: Folder, act: SanctionAct) -> str:
    who = ", ".join(filter(None, (folder.name(act.by), act.capacity)))
    return f"{folder.moment(act.at)}, {who}"


def _data(folder: Folder, act: SanctionAct, letter: str) -> dict[str, Any]:
    also = Paper.objects.filter(pk__in=act.also).exclude(number=None).order_by("issued_at", "pk")
    return {
        "keputusan": act.kind, "surat": act.paper.title, "nomor": act.paper.number,
        "alasan": act.reason, "dasar": act.basis, "diminta": act.todo,
        "paling_lambat": act.until, "keberatan_sampai": act.object_until,
        "ikut": [f"{one.title} {one.number}" for one in also],
        "disampaikan_dengan": {"judul": act.letter.title, "nomor": act.letter.number,
                               "berkas": letter},
        "jabatan": act.capacity, "oleh": folder.name(act.by), "pada": iso(act.at),
        "kejadian": act.event.seq if act.event.application_id == folder.case.pk else None,
    }  # fmt: skip
