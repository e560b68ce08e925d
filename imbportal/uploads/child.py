"""Rewrites one file under limits, in a process of its own that may crash without harm.

``main`` prints ``{"pages": n}`` or ``{"refused": code}``. It knows nothing of Django: a parser that
is taken over here holds no key and no connection. Run by ``parsers.run``.
"""

import errno
import json

import safe_image
import safe_pdf
from fork_server import confine
from refusal_codes import Refused

CPU = 6
"""Seconds."""
MEMORY = 464 * 2**20
"""Bytes of address space beyond the libraries'."""


def rewrite(mime, source, target, pages):
    if mime == "application/pdf":
        return safe_pdf.rewrite(source, target, pages)
    return safe_image.rewrite(source, target, mime)


def main(mime, source, target, pages, file_bytes):
    """Write the safe copy of the source to the target; limits of pages and of its bytes."""
    confine(file_bytes, CPU, MEMORY)
    try:
        answer = {"pages": rewrite(mime, source, target, pages)}
    except Refused as refusal:
        answer = {"refused": refusal.args[0]}
    except OSError as error:
        answer = {"refused": "grown" if error.errno == errno.EFBIG else "broken"}
    except (MemoryError, RecursionError):
        answer = {"refused": "complex"}
    except Exception:  # noqa: BLE001 - parsers raise anything on broken input; all of it is refusal
        answer = {"refused": "broken"}
    print(json.dumps(answer))  # noqa: T201
