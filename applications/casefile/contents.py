"""What goes into a case's file, chapter by chapter, in the order of the index."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from applications import cards, facts, parents
from applications import events as chain
from applications.casefile import case_papers, decisions, documents
from applications.casefile.folder import Cell, Folder, iso
from applications.headlines import headline
from applications.models import Application
from applications.paper_parts import label_of, location
from applications.telling import note_to_applicant
from applications.undelivered import WHAT
from imbportal.indonesia import angka
from notifications.models import Message
from notifications.outbox import PERSONAL

Gather = Callable[[Folder], None]
MORE: list[Gather] = []
"""Chapters of the layers above, between the papers and the messages."""


def register(gather: Gather) -> None:
    """Let a layer above add a chapter."""
    if gather not in MORE:
        MORE.append(gather)


def of(case: Application, audience: str) -> Folder:
    """Gather the file of a case for a reader; belongs under the lock of the case."""
    folder = Folder(case, audience)
    history = list(case.events.select_related("actor", "note").order_by("seq"))
    answers(folder)
    people(folder)
    timeline(folder, history)
    documents.gather(folder)
    case_papers.gather(folder)
    decisions.gather(folder)
    for gather in MORE:
        gather(folder)
    messages(folder)
    not_inside(folder)
    whole(folder, history)
    return folder


# -- The application --------------------------------------------------------------------------
def answers(folder: Folder) -> None:
    """Add what was applied for: the answers by section, further buildings, the applicant."""
    case, rules = folder.case, folder.rules
    values = facts.of(case)
    who = folder.part("pemohon", "Pemohon")
    who.facts = _identity(case)
    for section in rules.section:
        rows = [
            (fact.label, label_of(rules, fact.code, values.get(fact.code)))
            for fact in facts.asked(rules, section.form, values)
            if fact.section == section.code and fact.code in values
        ]
        if rows:
            folder.part(f"isian-{section.code}", section.title).facts = rows
    if buildings := list(case.parts.all()):
        part = folder.part("bangunan", "Bangunan lain")
        table = part.table("", "Bangunan", "Fungsi", "Luas", "Lantai")
        for one in buildings:
            function = label_of(rules, "function", one.function)
            table.add(one.name, function, f"{angka(one.floor_area)} m²", one.floors)
    folder.add_json("data/isian.json", {code: str(value) for code, value in values.items()})


def _identity(case: Application) -> list[tuple[str, str]]:
    """Return the applicant as every page shows him: with his NIK masked."""
    person = case.holder
    rows = [("Nama", person.name if person else str(case.applicant))]
    if person is not None:
        rows += [("Jenis", person.get_kind_display()), ("NIK", person.nik_masked),
                 ("Alamat", person.address), ("Penanggung jawab", person.in_charge)]  # fmt: skip
    if case.mandate is not None:
        rows.append(("Kuasa", str(case.applicant)))
    if parent := parents.of(case):
        rows.append(("Atas izin", str(parent)))
    rows.append(("Lokasi", location(case)))
    return [(label, value) for label, value in rows if value]


# -- Who did what -----------------------------------------------------------------------------
def people(folder: Folder) -> None:
    """Add who acted by which role; names are the office's, but for who signed a paper."""
    if not folder.for_office:
        return
    case = folder.case
    part = folder.part("orang", "Orang menurut peran")
    acts = part.table("Tindakan", "Peran", "Nama", "Tindakan", "Pada", "Keterangan")
    for act in case.acts.select_related("by").order_by("at", "pk"):
        gone = f"tidak berlaku sejak {folder.moment(act.voided_at)}" if act.voided_at else ""
        acts.add(act.capacity, act.by, ACTS.get(act.act, act.act), folder.moment(act.at), gone)
    duties = part.table("Tugas yang dipegang empat orang berbeda", "Tugas", "Nama", "Sejak")
    for duty in case.duties.select_related("person").order_by("at", "pk"):
        duties.add(DUTIES.get(duty.duty, duty.duty), duty.person, folder.moment(duty.at))
    judged = part.table("Penilaian kartu identitas", "Kartu", "Putusan", "Oleh", "Pada")
    labels = cards.labels(case)
    for row in case.card_verdicts.select_related("by"):
        label = labels.get(cards.PREFIX + row.card, row.card)
        judged.add(label, row.get_verdict_display(), row.by, folder.moment(row.at))
    given = part.table("Serah terima antarpetugas", "Dari", "Kepada", "Pada", "Alasan")
    for row in case.handovers.select_related("giver", "receiver").order_by("pk"):
        given.add(row.giver, row.receiver, folder.moment(row.at), row.reason)


ACTS = {
    "periksa": "memeriksa", "disposisi": "mendisposisi", "draf": "menyusun konsep",
    "tinjau": "meninjau lokasi", "dengar": "mendengar", "nasihat": "memberi nasihat",
    "surat": "menyurat", "paraf": "memaraf", "ttd": "menandatangani", "nomor": "menomori",
    "serah": "menyerahkan",
}  # fmt: skip
DUTIES = {
    "verifikasi": "memeriksa berkas", "teknis": "menyetujui teknis", "bayar": "menerima pembayaran",
    "keputusan": "menandatangani keputusan",
}  # fmt: skip


def timeline(folder: Folder, history: list[Any]) -> None:
    """Add what happened; and each event as it is hashed, with the notes that the reader may see."""
    case, part = folder.case, folder.part("riwayat", "Perjalanan permohonan")
    table = part.table("", "No.", "Waktu", "Kejadian", "Oleh")
    lines, notes, kept = [], [], 0
    for event in history:
        written = event.note.text if event.note_hash and hasattr(event, "note") else ""
        note = written if folder.for_office else note_to_applicant(event)
        kept += bool(written and not note)
        lines.append(chain.canonical(line(event)))
        if note:
            row = {"seq": event.seq, "salt": event.note.salt, "text": note}
            notes.append(chain.canonical(row))
        if not event.hidden or folder.for_office:
            said = _said(folder, case, event, note)
            table.add(event.seq, folder.moment(event.at), *said)
    folder.add_lines("data/kejadian.jsonl", lines)
    folder.add_lines("data/catatan-kejadian.jsonl", notes)
    if kept:
        folder.leave(f"{kept} catatan kejadian", "hanya untuk petugas; sidiknya tetap dalam rantai")


def _said(folder: Folder, case: Application, event: Any, note: str) -> tuple[Any, ...]:
    who = ", ".join(filter(None, (folder.name(event.actor), event.capacity)))
    if event.capacity in ("Pemohon", "Sistem"):
        who = event.capacity
    return Cell(headline(case, event), small=note), who


def line(event: Any) -> dict[str, Any]:
    """Return an event as it is hashed, with its hash."""
    names = (*chain.HASHED, "application_id", "at")
    content = chain.content({name: getattr(event, name) for name in names})
    return content | {"hash": event.hash}


# -- Messages and the rest --------------------------------------------------------------------
def messages(folder: Folder) -> None:
    """Add the messages of the case: to the applicant his own, to the office that they went out."""
    case = folder.case
    rows = Message.objects.filter(case=case.pk).select_related("user").order_by("created_at", "pk")
    part = folder.part("pesan", "Pesan")
    if folder.for_office:
        table = part.table("", "Waktu", "Saluran", "Pesan", "Kepada", "Terkirim")
        folder.leave("Kata-kata pesan", "hanya untuk penerimanya")
    else:
        table = part.table("", "Waktu", "Saluran", "Pesan")
        rows = rows.filter(user=case.applicant)
    data = []
    for message in rows:
        if message.secret or message.url.startswith(PERSONAL):
            why = "dibuka hanya dengan alamatnya, jadi tidak ikut dibagikan"
            folder.leave("Pesan berisi kode atau tautan pribadi", why)
            continue
        channel, at = message.get_channel_display(), folder.moment(message.created_at)
        row = {"at": iso(message.created_at), "saluran": channel, "jenis": message.template,
               "terkirim": iso(message.sent_at)}  # fmt: skip
        if folder.for_office:
            to = "Pemohon" if message.user_id == case.applicant_id else str(message.user or "")
            what = WHAT.get(message.template, "Pesan")
            table.add(at, channel, what, to, folder.moment(message.sent_at))
            data.append(row | {"kepada": to})
        else:
            table.add(at, channel, _words(message))
            data.append(row | {"judul": message.subject, "isi": message.body})
    folder.add_json("data/pesan.json", data)


def _words(message: Message) -> Cell:
    return Cell(message.subject or message.template, small=message.body)


def not_inside(folder: Folder) -> None:
    """Name what never lies in a case's file, and what is not for its reader."""
    folder.leave("Foto KTP dan NIK lengkap", "hanya dilihat di portal, setiap kali tercatat")
    folder.leave("Pengaduan dan jawaban survei", "tidak termasuk berkas permohonan")
    if not folder.for_office:
        folder.leave("Catatan internal dan lembar kerja petugas", "hanya untuk petugas")
        folder.leave("Nama petugas yang tidak tercetak pada surat", "data orang lain")


def whole(folder: Folder, history: list[Any]) -> None:
    """Add the data that says what this file is of."""
    case, last = folder.case, history[-1] if history else None
    folder.add_json(
        "data/permohonan.json",
        {
            "id": str(case.pk), "nomor": case.number, "daerah": case.daerah,
            "versi_aturan": case.version_used_id, "jalur": case.track, "tahap": case.state,
            "putaran": case.round, "diajukan": iso(case.submitted_at), "untuk": folder.audience,
            "kejadian": last.seq if last else 0, "sidik_terakhir": last.hash if last else "",
            "tidak_dimuat": [left._asdict() for left in folder.left],
        },
    )  # fmt: skip
    folder.head = _head(folder, case, last)


def _head(folder: Folder, case: Application, last: Any) -> list[tuple[str, str]]:
    rows = [
        ("Nomor permohonan", case.number),
        ("Layanan", folder.rules.service.permit),
        ("Kantor", f"{folder.rules.office.name}, {folder.rules.name}"),
        ("Tahap", case.stage_label),
        ("Keadaan sampai", f"kejadian nomor {last.seq}, {folder.moment(last.at)}" if last else ""),
        ("Disusun untuk", "petugas kantor" if folder.for_office else "pemohon"),
    ]
    return [(label, value) for label, value in rows if value]
