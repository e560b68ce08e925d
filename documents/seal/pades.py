"""One PAdES signature as an incremental update: the printed paper stays in it, byte for byte."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings

from documents.seal.faults import Unreachable
from documents.seal.place import Place
from documents.seal.ways import Order

FIELD = "Segel"
TSA_TIMEOUT = 10


def sign(order: Order, signer: Any, name: str, place: Place | None, block: bytes | None) -> bytes:
    """Return the paper with one signature over all of it, visible where it has a place.

    The signature certifies: whatever is added later is told by every reader of PDF.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers, timestamps
    from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter

    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=name,
        reason=order.reason,
        location=order.place or None,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    spec = SigFieldSpec(FIELD, box=_box(place), on_page=place.page if place else 0)
    stamp = _stamp(block) if place and block else None
    stamper = _timestamper()
    work = signers.PdfSigner(
        meta, signer, timestamper=stamper, stamp_style=stamp, new_field_spec=spec
    )
    writer, out = IncrementalPdfFileWriter(io.BytesIO(order.pdf)), io.BytesIO()
    try:
        with ThreadPoolExecutor(1) as hand:  # an event loop is begun, and here one may run already
            hand.submit(work.sign_pdf, writer, output=out).result()
    except (timestamps.TimestampRequestError, OSError):
        if stamper is None:
            raise
        raise Unreachable(
            "Layanan stempel waktu tidak menjawab. Coba lagi beberapa menit lagi."
        ) from None
    return out.getvalue()


def _box(place: Place | None) -> tuple[float, float, float, float] | None:
    if place is None:
        return None
    return (place.x, place.y, place.x + place.width, place.y + place.height)


def _timestamper() -> Any:
    if not settings.SEAL_TSA:
        return None
    from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

    return RequestsHTTPTimeStamper(settings.SEAL_TSA, timeout=TSA_TIMEOUT)


def _stamp(block: bytes) -> Any:
    """Return the appearance: the drawn block, as large as its place allows, without a border."""
    from pyhanko.pdf_utils import layout
    from pyhanko.stamp import StaticStampStyle

    whole = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MIN,
        y_align=layout.AxisAlignment.ALIGN_MID,
        margins=layout.Margins.uniform(0),
    )
    return StaticStampStyle(
        border_width=0, background=_page(block), background_layout=whole, background_opacity=1.0
    )


def _page(block: bytes) -> Any:
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader

    class Drawing(PdfContent):
        """The one page of a PDF in memory."""

        def render(self):
            page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(block)))
            self.resources.xobject["/Segel"] = page
            left, bottom, right, top = page.get_object()["/BBox"]
            self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
            return b"/Segel Do"

    return Drawing()
