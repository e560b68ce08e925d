"""QR codes as they stand on papers."""

import segno


def svg(text: str, error: str = "m") -> str:
    """Return the QR code of a text as ``data:`` address of an SVG without a margin."""
    code = segno.make(text, error=error, micro=False)
    return str(code.svg_data_uri(border=0, xmldecl=False))
