"""Chapters of the documents: every version with its verdict, the points by round, the records."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import filesizeformat

from applications import attachments, ports, requirements
from applications.casefile import naming
from applications.casefile.folder import Cell, Folder, iso
from applications.models import DocumentVersion
from applications.papers import point_line
from applications.record_needs import LABELS
from applications.requirements import HELD as UNSORTED
from applications.told import Told
from applications.workflow import State

VERDICTS = dict(DocumentVersion.Verdict.choices)


def gather(folder: Folder) -> None:
    versions(folder)
    points(folder)
    if folder.for_office:
        records(folder)
        notes(folder)


# -- Documents and their versions -------------------------------------------------------------
def versions(folder: Folder) -> None:
    case = folder.case
    labels, known = requirements.labels(case), Told(case)
    part = folder.part("dokumen", "Dokumen dan semua versinya")
    data = []
    slots = case.documents.prefetch_related("versions__judged_by").order_by("pk")
    own = [slot for slot in slots if _asked(slot.requirement)]
    for number, slot in enumerate(own, start=1):
        every = list(slot.versions.all())
        label = labels.get(slot.requirement) or _of_money(every) or _by_slot(slot)
        table = part.table(label, "Versi", "Berkas", "Diunggah", "Putusan")
        for version in every:
            row = _version(folder, known, f"dokumen/{number:02d}-{naming.safe(label, 40)}", version)
            table.add(*row.pop("cells"))
            data.append({"dokumen": label, "kode": slot.requirement} | row)
    folder.add_json("data/dokumen.json", data)
    if loose := sum(slot.versions.count() for slot in slots if slot.requirement == UNSORTED):
        folder.leave(f"{loose} berkas yang belum dipilah", "belum menjadi dokumen permohonan")


def _asked(code: str) -> bool:
    """Return whether a slot is of a document, not of what lies beside a record or waits."""
    return code != UNSORTED and not code.startswith(attachments.MARK)


def _by_slot(slot: Any) -> str:
    """Return what is left of a slot's code where the file of the daerah has no word for it."""
    return str(slot.requirement).partition(":")[0].replace("_", " ").capitalize()


def _of_money(every: list[Any]) -> str:
    """Return what a document is called that went with a request for relief or an objection."""
    for version in every[:1]:
        for look in (ports.money.relief_document, ports.money.correction_document):
            if found := look(version):
                return found[0]
    return ""


def _version(folder: Folder, known: Told, place: str, version: Any) -> dict[str, Any]:
    """Return one version as a line of the index and as data; its file is added."""
    name = naming.of_file(f"v{version.number}", version.name, naming.ending(version.mime))
    what = f"{version.name} (versi {version.number})"
    path = folder.add_stored(f"{place}/{name}", version.file, version.sha256, what, version.scan)
    verdict, reason, by = _verdict(folder, known, version)
    told = ", ".join(filter(None, (VERDICTS.get(verdict, ""), by)))
    pages = f"{version.pages} halaman, {filesizeformat(version.size)}"
    small = pages if path else f"{pages}; tidak dimuat"
    return {
        "cells": (
            version.number,
            Cell(version.name, path, small),
            folder.moment(version.uploaded_at),
            Cell(told, small=reason),
        ),
        "versi": version.number, "nama": version.name, "berkas": path, "sidik": version.sha256,
        "ukuran": version.size, "halaman": version.pages, "putaran": version.round,
        "diunggah": iso(version.uploaded_at), "putusan": verdict, "alasan": reason, "oleh": by,
    }  # fmt: skip


def _verdict(folder: Folder, known: Told, version: Any) -> tuple[str, str, str]:
    """Return verdict, reason and judge; to the applicant only what he was told."""
    if folder.for_office:
        by = folder.name(version.judged_by) if version.judged_by_id else ""
        return version.verdict, version.reason, by
    remarks = "\n".join(point.text for point in known.remarks(version))
    return known.verdict(version), remarks, ""


# -- Points by round --------------------------------------------------------------------------
def points(folder: Folder) -> None:
    case = folder.case
    part = folder.part("catatan", "Catatan menurut putaran")
    rows = case.points.select_related("raised_by").order_by("round", "pk")
    if not folder.for_office:
        rows = rows.exclude(sent_at=None)
    tables: dict[Any, Any] = {}
    data = []
    for point in rows:
        key = point.round, point.gate
        if key not in tables:
            title = f"Putaran {point.round}, {State(point.gate).label}"
            tables[key] = part.table(title, "Catatan", "Dikirim", "Jawaban", "Selesai")
        by = folder.name(point.raised_by)
        tables[key].add(
            Cell(point_line(case, point), small=by),
            folder.moment(point.sent_at) or "belum dikirim",
            Cell(point.answer, small=folder.moment(point.answered_at)),
            folder.moment(point.closed_at),
        )
        data.append({
            "putaran": point.round, "gerbang": point.gate, "dokumen": point.requirement,
            "halaman": point.page, "catatan": point.text, "temuan_baru": point.new_finding,
            "oleh": by, "dikirim": iso(point.sent_at), "jawaban": point.answer,
            "dijawab": iso(point.answered_at), "selesai": iso(point.closed_at),
        })  # fmt: skip
    folder.add_json("data/catatan.json", data)


# -- What the office wrote --------------------------------------------------------------------
def records(folder: Folder) -> None:
    """Add the minutes, sheets and photos of the office."""
    from applications.office.case import printed

    case = folder.case
    part = folder.part("isian-kantor", "Berita acara, lembar kerja, dan foto")
    beside, data = attachments.by_kind(case), []
    written = {record.kind: record for record in case.records.select_related("by").order_by("pk")}
    for kind in dict.fromkeys([*written, *beside]):
        label = LABELS.get(kind, kind)
        label = label[:1].upper() + label[1:]
        if record := written.get(kind):
            table = part.table(label, pairs=True)
            for row in printed(case, record):
                table.add(*row)
            table.add("Ditulis", f"{record.by}, {folder.moment(record.at)}")
            data.append({"jenis": kind, "isi": record.data, "oleh": str(record.by),
                         "pada": iso(record.at)})  # fmt: skip
        if beside.get(kind):
            table = part.table(f"{label}: lampiran", "No.", "Berkas", "Diunggah")
            for number, version in enumerate(beside[kind], start=1):
                table.add(number, _beside(folder, kind, number, version),
                          folder.moment(version.uploaded_at))  # fmt: skip
    folder.add_json("data/isian-kantor.json", data)


def _beside(folder: Folder, kind: str, number: int, version: Any) -> Cell:
    name = naming.of_file(f"{number:02d}", version.name, naming.ending(version.mime))
    path = folder.add_stored(
        f"isian-kantor/{naming.safe(kind)}/{name}", version.file, version.sha256, version.name,
        version.scan,
    )  # fmt: skip
    return Cell(version.name, path, "" if path else "tidak dimuat")


def notes(folder: Folder) -> None:
    """Add the notes among officers."""
    rows = list(folder.case.notes.select_related("by").order_by("pk"))
    part = folder.part("internal", "Catatan internal")
    table = part.table("", "Waktu", "Oleh", "Catatan")
    for row in rows:
        table.add(folder.moment(row.at), row.by, row.text)
    folder.add_json(
        "data/catatan-internal.json",
        [{"pada": iso(row.at), "oleh": str(row.by), "catatan": row.text} for row in rows],
    )
