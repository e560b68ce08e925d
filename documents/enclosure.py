"""What a paper says as data: one JSON file within its PDF, for whoever reads papers by program.

It holds what is printed and nothing else, neither the rest of the frozen content nor anything of
the case.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, replace
from typing import Any
from zoneinfo import ZoneInfo

from documents.content import PaperContent, Section, Table
from documents.printout import Printout, Signature
from documents.typesetting import Enclosed

FORM = "isi-surat/1"
"""Which keys it has; counted up where one changes its meaning or goes."""
STYLES = {"main": "pokok", "sub": "rincian", "sum": "jumlah"}
"""What a row of a table is."""
UNPRINTED = {"izin": ("dasar_hukum",)}
"""Parts that a template leaves out, by template: a decision says its basis in its own sections."""


def of(page: Printout) -> Enclosed | None:
    """Return the file that goes into the PDF of an issued paper; None where it has none.

    The frozen content says whether: a paper from before there was one prints as it did then.
    """
    if not (page.issued_at and page.content.enclosed):
        return None
    zone = ZoneInfo(page.content.letterhead.timezone)
    return Enclosed(
        name=page.content.enclosed,
        content=json.dumps(
            _data(page, page.issued_at.astimezone(zone)), ensure_ascii=False, indent=1
        ).encode(),
        description=f"Isi {page.content.title} nomor {page.number} sebagai data",
        at=page.issued_at,
    )


def _data(page: Printout, issued: datetime.datetime) -> dict[str, Any]:
    paper = page.content
    data = {
        "bentuk": FORM,
        "jenis": page.kind,
        "judul": paper.title,
        "subjudul": paper.subtitle,
        "nomor": page.number,
        "tanggal": issued.date().isoformat(),
        "catatan": page.sample_note,
        "kop": _letterhead(paper),
        "kepada": paper.recipient,
        "pemegang": paper.holder,
        "keterangan": paper.facts,
        "tagihan": _bill(page),
        "bagian": _sections(paper.sections),
        "penutup": paper.closing,
        "dasar_hukum": paper.basis,
        "lampiran": _sections(paper.extra.get("annex", ())),
        "tembusan": paper.copies,
        "paraf": [_mark(replace(mark, nip="")) for mark in page.initialled],  # printed without
        "tanda_tangan": [_mark(mark) for mark in page.signed],
        "pemeriksaan": {
            "kode_qr": page.check_url,
            "halaman": page.check_page,
            "kode": page.token,
        },
    }
    left_out = UNPRINTED.get(page.template, ())
    return _filled({key: value for key, value in data.items() if key not in left_out})


def _letterhead(paper: PaperContent) -> dict[str, str]:
    head = paper.letterhead
    return {
        "pemerintah": head.government,
        "kantor": head.office,
        "alamat": head.address,
        "kontak": head.contact,
        "tempat": head.place,
    }


def _bill(page: Printout) -> dict[str, Any]:
    """Return what is to be paid, in whole rupiah, until when and under which code."""
    extra = page.content.extra
    return {
        "jumlah": extra.get("amount"),
        "terbilang": extra.get("terbilang"),
        "jatuh_tempo": page.due_date,
        "hitungan_jatuh_tempo": page.due_note,
        "kode_bayar": page.payment_code,
        "alamat_pemegang": extra.get("address"),
    }


def _sections(sections: tuple[Section, ...]) -> list[dict[str, Any]]:
    return [
        _filled(
            {
                "label": section.label,
                "judul": section.title,
                "paragraf": section.paragraphs,
                "butir": section.items,
                "tabel": _table(section.table) if section.table else None,
            }
        )
        for section in sections
    ]


def _table(table: Table) -> dict[str, Any]:
    """Return a table's cells; each row has as many as the head, empty ones too."""
    return {
        "kepala": table.head if table.has_head else (),
        "baris": table.rows,
        "hitungan": table.cites if any(table.cites) else (),
        "sifat": [STYLES[style] for style in table.styles],
        "jumlah": table.foot,
    }


def _mark(mark: Signature) -> dict[str, str]:
    names = {"title": "jabatan", "name": "nama", "nip": "nip", "date": "tanggal"}
    return {names[key]: value for key, value in asdict(mark).items() if value}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Return an object without its empty parts; nothing paid is an amount."""
    known = {key: _filled(v) if isinstance(v, dict) else v for key, v in data.items()}
    return {key: value for key, value in known.items() if value or value == 0}
