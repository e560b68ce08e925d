"""What the public reads: by whom an issued permit may be frozen, revoked or replaced."""

from __future__ import annotations

from typing import Any

from imbportal import publik
from imbportal.daerah.schema import Daerah

DECIDES = (
    "{permit} yang sudah terbit dapat dibekukan atau dicabut {who} dengan surat bernomor yang "
    "menyebut alasannya, apa yang harus dilakukan, dan cara mengajukan keberatan. Pembekuan dapat "
    "dicairkan; pencabutan tidak dapat diurungkan. Surat yang salah tulis diganti dengan surat "
    "baru bernomor baru."
)
WARNED = "Sebelum mencabut, kantor menyampaikan surat peringatan yang memberi waktu {time}."
UNWARNED = "Dokumen pelayanan tidak meminta surat peringatan sebelum pencabutan."
OBJECT = "Keberatan diajukan secara tertulis kepada {office}, paling lambat {time} sejak suratnya."
NO_TERM = "Keberatan disampaikan secara tertulis kepada {office}; tenggatnya belum ditetapkan."


def published(rules: Daerah) -> dict[str, Any]:
    """Return the rule of a daerah in words, each with its source; nothing where it has none."""
    rule = rules.sanction
    if rule is None:
        return {}
    who = rules.role[rule.decided_by or rules.head].title
    warning, objection, office = rule.warning, rule.objection, rules.office.name
    warned = WARNED.format(time=publik.days(warning)) if warning else UNWARNED
    objects = OBJECT if objection else NO_TERM
    time = publik.days(objection) if objection else ""
    return {
        "permit": rules.service.permit,
        "lines": [
            (DECIDES.format(permit=rules.service.permit, who=who), rule),
            (warned, warning),
            (objects.format(office=office, time=time), objection),
        ],
    }
