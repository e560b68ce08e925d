"""Whether what a service returned is our paper with one signature added, and nothing else."""

from __future__ import annotations

import io
from typing import Any

from documents.seal.faults import Foreign
from documents.seal.place import Place

OF_THE_WHOLE = {"/AcroForm", "/Extensions", "/DSS", "/Metadata", "/Perms", "/Version"}
"""What a signature may change in the root of a document."""
WIDER = 3.0
"""Points by which a visible signature may leave the place that it was given."""


def accept(sent: bytes, returned: bytes, where: Place | None) -> bytes:
    """Return what came back where it is the paper that was sent, sealed; raises Foreign."""
    if len(returned) <= len(sent) or not returned.startswith(sent):
        raise Foreign()
    try:
        good = _is_sealed(returned) and _adds_only_that(sent, returned, where)
    except Exception:  # noqa: BLE001 - a strange file is refused, whatever the parser says of it
        good = False
    if not good:
        raise Foreign()
    return returned


def _is_sealed(returned: bytes) -> bool:
    """Return whether one sound signature covers the whole file, by the key that it names."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    (one,) = PdfFileReader(io.BytesIO(returned)).embedded_signatures
    if one.evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
        return False
    intact, valid = validate_sig_integrity(
        one.signer_info,
        one.signer_cert,
        expected_content_type="data",
        actual_digest=one.compute_digest(),
    )
    return bool(intact and valid)


def _adds_only_that(sent: bytes, returned: bytes, where: Place | None) -> bool:
    """Return whether every object of the paper stands as it was, but for the signature's field."""
    import pikepdf

    with pikepdf.open(io.BytesIO(sent)) as old, pikepdf.open(io.BytesIO(returned)) as new:
        if old.Root.objgen != new.Root.objgen:
            return False
        pages = {page.obj.objgen: number for number, page in enumerate(old.pages)}
        unseen = {old.docinfo.objgen, old.Root.get("/Metadata", old.Root).objgen} - {(0, 0)}
        for one in old.objects:
            same = new.get_object(one.objgen)
            if _text(one) == _text(same):
                continue
            if one.objgen == old.Root.objgen:
                good = _other_keys(one, same) <= OF_THE_WHOLE
            elif one.objgen in pages:
                spot = where if where and where.page == pages[one.objgen] else None
                good = _other_keys(one, same) == {"/Annots"} and _one_field(one, same, spot)
            else:
                good = one.objgen in unseen
            if not good:
                return False
    return True


def _text(one: Any) -> bytes:
    import pikepdf

    stream = one.read_raw_bytes() if isinstance(one, pikepdf.Stream) else b""
    text: bytes = one.unparse(resolved=True) if not stream else one.stream_dict.unparse()
    return text + stream


def _other_keys(old: Any, new: Any) -> set[str]:
    """Return the keys whose values differ; what a value refers to is looked at by itself."""
    keys = {*old.keys(), *new.keys()}
    return {key for key in keys if not _equal(old.get(key), new.get(key))}


def _equal(one: Any, other: Any) -> bool:
    """Return whether two values say the same, however they are written."""
    import pikepdf

    if isinstance(one, pikepdf.Object) != isinstance(other, pikepdf.Object):
        return False
    if not isinstance(one, pikepdf.Object):
        return bool(one == other)
    if one.is_indirect or other.is_indirect:
        return bool(one.objgen == other.objgen)
    if isinstance(one, pikepdf.Dictionary) and isinstance(other, pikepdf.Dictionary):
        return not _other_keys(one, other)
    if isinstance(one, pikepdf.Array) and isinstance(other, pikepdf.Array):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)


def _one_field(old: Any, new: Any, where: Place | None) -> bool:
    """Return whether a page got nothing but a signature, unseen or in the place that it has."""
    before, after = list(old.get("/Annots", [])), list(new["/Annots"])
    added = after[len(before) :]
    if len(added) != 1 or [x.objgen for x in before] != [x.objgen for x in after[:-1]]:
        return False
    field = added[0]
    if (
        field.Subtype != "/Widget"
        or field.get("/FT", field.get("/Parent", field).get("/FT")) != "/Sig"
    ):
        return False
    left, bottom, right, top = map(float, field.Rect)
    if left == right or bottom == top:
        return True
    if where is None:
        return False
    return (
        left >= where.x - WIDER
        and bottom >= where.y - WIDER
        and right <= where.x + where.width + WIDER
        and top <= where.y + where.height + WIDER
    )
