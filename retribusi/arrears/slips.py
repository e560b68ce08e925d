"""One slip filed twice: by its file or its reference, for principal and for interest alike."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from retribusi.models import PaymentProof, StrdProof

LOOKED_AT = "Bukti serupa pada {others} sudah diperiksa."
"""Note of whoever confirms a slip that was filed for other bills too."""
TICK = (
    "Bukti serupa pernah diajukan untuk {others}. Periksa dahulu, lalu centang bahwa sudah "
    "diperiksa sebelum menerima pembayaran."
)


def of_interest(sha256: str, reference: str, *, besides: Any = None) -> list[str]:
    """Return for which STRD a slip was filed, another than ``besides``."""
    found = StrdProof.objects.filter(_same(sha256, reference)).exclude(strd=besides)
    numbers = sorted(set(found.values_list("strd__number", flat=True)))
    return [f"STRD {', '.join(numbers)}"] if numbers else []


def of_principal(sha256: str, reference: str) -> list[str]:
    found = PaymentProof.objects.filter(_same(sha256, reference))
    numbers = sorted(set(found.values_list("skrd__number", flat=True)))
    return [f"SKRD {', '.join(numbers)}"] if numbers else []


def twins(proof: StrdProof) -> list[str]:
    """Return the other bills, of all cases, for which this slip was filed too."""
    told = of_principal(proof.file_sha256, proof.reference)
    return told + of_interest(proof.file_sha256, proof.reference, besides=proof.strd_id)


def warning(proof: StrdProof) -> str:
    """Return a warning for the treasurer where this slip was filed for another bill too, or ""."""
    if told := twins(proof):
        return f"Bukti atau nomor referensi yang sama pernah diajukan untuk {' dan '.join(told)}."
    return ""


def tick(proof: StrdProof) -> str:
    """Return the note that whoever confirms must give: he looked at its twins; "" for none."""
    return LOOKED_AT.format(others=", ".join(told)) if (told := twins(proof)) else ""


def unseen(proof: StrdProof, note: str) -> list[str]:
    """Return why a slip may not be confirmed by this note: it does not name every twin."""
    missing = [other for other in twins(proof) if other not in note]
    return [TICK.format(others=", ".join(missing))] if missing else []


def _same(sha256: str, reference: str) -> Q:
    same = Q(file_sha256=sha256)
    return same | Q(reference__iexact=reference) if reference else same
