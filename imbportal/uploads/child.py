"""Rewrites one file under limits, in a process of its own that may crash without harm.

``python -I child.py MIME SOURCE TARGET LIMITS`` prints ``{"pages": n}`` or ``{"refused": code}``.
It knows nothing of Django: a parser that is taken over here holds no key and no connection.
"""

import errno
import json
import resource
import sys
from pathlib import Path

CPU = 6
"""Seconds."""
MEMORY = 512 * 2**20
"""Bytes of address space."""


def confine(file_bytes, cpu=CPU, memory=MEMORY):
    """Limit CPU, memory, the size of what is written, and leave no core dump with data in it."""
    for limit, value in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))


def rewrite(mime, source, target, limits):
    # Imported only where needed: one parser's import is most of the time of a small file.
    if mime == "application/pdf":
        import safe_pdf

        return safe_pdf.rewrite(source, target, limits["pages"])
    import safe_image

    return safe_image.rewrite(source, target, mime)


def main(mime, source, target, limits):
    limits = json.loads(limits)
    confine(limits["bytes"])
    sys.path.insert(0, str(Path(__file__).parent))
    from refusal_codes import Refused

    try:
        answer = {"pages": rewrite(mime, source, target, limits)}
    except Refused as refusal:
        answer = {"refused": refusal.args[0]}
    except OSError as error:
        answer = {"refused": "grown" if error.errno == errno.EFBIG else "broken"}
    except (MemoryError, RecursionError):
        answer = {"refused": "complex"}
    except Exception:  # noqa: BLE001 - parsers raise anything on broken input; all of it is refusal
        answer = {"refused": "broken"}
    print(json.dumps(answer))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
