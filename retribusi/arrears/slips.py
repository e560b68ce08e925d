"""One slip filed twice: by its file or its reference, for principal and for interest alike."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from retribusi.models import PaymentProof, StrdProof


def of_interest(sha256: str, reference: str, *, besides: Any = None) -> list[str]:
    """Return for which STRD a slip was filed, another than ``besides``."""
    found = StrdProof.objects.filter(_same(sha256, reference)).exclude(strd=besides)
    numbers = sorted(set(found.values_list("strd__number", flat=True)))
    return [f"STRD {', '.join(numbers)}"] if numbers else []


def of_principal(sha256: str, reference: str) -> list[str]:
    found = PaymentProof.objects.filter(_same(sha256, reference))
    numbers = sorted(set(found.values_list("skrd__number", flat=True)))
    return [f"SKRD {', '.join(numbers)}"] if numbers else []


def warning(proof: StrdProof) -> str:
    """Return a warning for the treasurer where this slip was filed for another bill too, or ""."""
    told = of_principal(proof.file_sha256, proof.reference)
    told += of_interest(proof.file_sha256, proof.reference, besides=proof.strd_id)
    if not told:
        return ""
    return f"Bukti atau nomor referensi yang sama pernah diajukan untuk {' dan '.join(told)}."


def _same(sha256: str, reference: str) -> Q:
    same = Q(file_sha256=sha256)
    return same | Q(reference__iexact=reference) if reference else same
