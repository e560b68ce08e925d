"""Files from outside: checked, rewritten to a safe copy, scanned, and served privately."""

from imbportal.uploads.acceptance import Accepted, accept
from imbportal.uploads.pictures import Picture, draw
from imbportal.uploads.refusals import UploadRefused
from imbportal.uploads.scanner import scan
from imbportal.uploads.serving import respond

__all__ = ["Accepted", "Picture", "UploadRefused", "accept", "draw", "respond", "scan"]
