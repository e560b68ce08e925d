"""The chapter of the papers: each with its PDF, and the content that was frozen with it."""

from __future__ import annotations

import json
from typing import Any

from applications.casefile import naming
from applications.casefile.folder import Cell, Folder, iso
from documents import services
from documents.models import Paper

CODE = "code"
"""Holds in a paper's content what opens a door: the pick-up code."""


def gather(folder: Folder) -> None:
    part = folder.part("surat", "Surat")
    table = part.table("", "Surat", "Terbit", "Keadaan", "Ditandatangani")
    every = Paper.objects.filter(case=folder.case.pk).order_by("created_at", "pk")
    issued = [paper for paper in every if paper.issued_at is not None]
    if not folder.for_office:
        issued = _applicants(folder, issued)
    for number, paper in enumerate(issued, start=1):
        table.add(*_row(folder, number, paper))
    drafts = sum(paper.issued_at is None for paper in every)
    if drafts and folder.for_office:
        folder.leave(f"{drafts} konsep surat", "belum terbit")


def _applicants(folder: Folder, issued: list[Paper]) -> list[Paper]:
    """Return the papers that the applicant may have; the office's own are named as left out."""
    internal = folder.case.whole_rules.internal_papers
    mine = [paper for paper in issued if paper.kind not in internal]
    if kept := len(issued) - len(mine):
        folder.leave(f"{kept} surat antarkantor dan lembar kerja", "hanya untuk petugas")
    return mine


def _row(folder: Folder, number: int, paper: Any) -> tuple[Any, ...]:
    name = f"surat/{number:02d}-{naming.safe(paper.kind)}-{naming.safe(paper.number, 40)}"
    what = f"{paper.title} {paper.number}"
    pdf = ""
    if folder.for_office and CODE in paper.content.get("extra", {}):
        folder.leave(what, "memuat kode pengambilan milik pemohon")
    else:
        if paper.given:
            sha256 = paper.given_sha256 or ""
            pdf = folder.add_stored(f"{name}.pdf", paper.given, sha256, what)
            folder.printed[paper.pk] = pdf
        else:
            folder.leave(f"PDF {what}", "masih dicetak; minta lagi beberapa menit kemudian")
        _content(folder, f"{name}.json", paper, what)
    state = paper.get_status_display()
    if paper.status_reason:
        state = Cell(state, small=paper.status_reason)
    signed = services.signatures(paper)
    return (
        Cell(paper.title, pdf, f"nomor {paper.number}" + ("" if pdf else "; tidak dimuat")),
        folder.moment(paper.issued_at),
        state,
        Cell("; ".join(f"{s.title}: {s.name}" for s in signed if s.act == "ttd")),
    )


def _content(folder: Folder, path: str, paper: Any, what: str) -> None:
    """Add the content of a paper as it was frozen, unless it tells the office a secret."""
    secrets = [folder.case.secret, folder.case.pickup_code]
    text = json.dumps(paper.content, ensure_ascii=False)
    if folder.for_office and any(secret and secret in text for secret in secrets):
        folder.leave(f"Isi {what} sebagai data", "memuat kode rahasia pemohon; PDF-nya dimuat")
        return
    folder.add_json(path, {
        "judul": paper.title, "nomor": paper.number, "jenis": paper.kind,
        "terbit": iso(paper.issued_at), "dikunci": iso(paper.frozen_at), "keadaan": paper.status,
        "alasan": paper.status_reason, "sidik_berkas": paper.given_sha256, "segel": paper.seal,
        "sidik_isi": paper.content_sha256, "isi": paper.content, "tanda_tangan": [
            {"tindakan": s.act, "jabatan": s.title, "nama": s.name, "pada": iso(s.at)}
            for s in services.signatures(paper) if folder.for_office or s.act == "ttd"
        ],
    })  # fmt: skip
