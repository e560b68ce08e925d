"""A signed paper ready for its template, without a row in the database."""

import segno

from documents.printout import Printout, Signature

SIGNER, DAY = "Made Wijaya", "16 November 2026"
CHECK = "https://izin.contoh.test/verifikasi/" + "a" * 32 + "/"


def signed(template, content, **more):
    """Return the printout of a content with number, signature and QR code."""
    code = segno.make(CHECK, error="m", micro=False).svg_data_uri(border=0, xmldecl=False)
    fields = {
        "kind": template,
        "template": template,
        "content": content,
        "number": "640/1/2026",
        "date": DAY,
        "signed": (Signature(title="Kepala Dinas", name=SIGNER, date=DAY),),
        "qr": code,
        "check_url": CHECK,
        "check_page": "izin.contoh.test",
        "token": "aaaa",
    }
    return Printout(**(fields | more))
