"""The visible seal: a small drawing with QR code and signatory, its fonts in it."""

from __future__ import annotations

import segno
from django.template.loader import render_to_string

from documents import codes, typesetting
from documents.seal.ways import Order, Signatory

OFFICE = "Segel elektronik kantor"


def drawn(order: Order, by: Signatory) -> bytes:
    """Return the visible seal as a PDF of one small page."""
    qr = codes.picture(order.check_url) if order.check_url else ""
    html = render_to_string("pdf/segel.html", {"by": by, "order": order, "qr": qr})
    return typesetting.drawing(html, ("segel",))


def picture(order: Order) -> bytes:
    """Return the QR code as PNG, for a service that draws the rest itself."""
    import io

    out = io.BytesIO()
    segno.make(order.check_url, error="m", micro=False).save(out, kind="png", scale=8, border=1)
    return out.getvalue()
