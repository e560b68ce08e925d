"""Files from outside: checked, rewritten to a safe copy, scanned, and served privately."""

from imbportal.uploads.acceptance import Accepted, accept
from imbportal.uploads.joining import join
from imbportal.uploads.names import display_name
from imbportal.uploads.pictures import Picture, draw
from imbportal.uploads.quarantine import EVERY, held, release
from imbportal.uploads.refusals import UploadRefused
from imbportal.uploads.scanner import CLEAN, INFECTED, WAITING, Scan, scan
from imbportal.uploads.serving import respond
from imbportal.uploads.trimming import Trimmed, trim

__all__ = [
    "CLEAN", "EVERY", "INFECTED", "WAITING", "Accepted", "Picture", "Scan", "Trimmed",
    "UploadRefused", "accept", "display_name", "draw", "held", "join", "release", "respond", "scan",
    "trim",
]  # fmt: skip
