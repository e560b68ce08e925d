"""A printed paper, a certificate chain, and other programs that look at a sealed paper."""

import dataclasses
import datetime
import shutil
import subprocess
from functools import cache

from documents import rendering
from documents.content import ENCLOSED
from documents.seal import chain, ways
from tests.documents.printouts import CHECK, SIGNER, signed
from tests.documents.samples import SAMPLES

OFFICE, WORDS = "Dinas Contoh", "Rahasia-Sekali-58"


def now():
    return datetime.datetime.now(datetime.UTC)


@cache
def office():
    """Return root, issuer and signatory of an office."""
    root, issuer = chain.make(OFFICE, now())
    return root, issuer, chain.end(SIGNER, OFFICE, now(), issuer)


@cache
def printed(kind="izin", number="640/1/2026"):
    """Return the PDF of a signed paper before its seal."""
    content = dataclasses.replace(SAMPLES[kind], enclosed=ENCLOSED.get(kind, ""))
    return rendering.pdf(signed(kind, content, number=number, issued_at=now()))


def order(pdf=None, at=None):
    return ways.Order(
        pdf=pdf or printed(), at=at or now(), reason="Izin", place="Kota Contoh", check_url=CHECK,
        date="16 November 2026",
    )  # fmt: skip


class Reader:
    """``pdfsig`` of Poppler with the chain of the office in an NSS database."""

    def __init__(self, folder, *trusted):
        self.folder, self.database = folder, f"sql:{folder}"
        self._certutil("-N", "--empty-password")
        for number, certificate in enumerate(trusted):
            file = folder / f"{number}.pem"
            file.write_bytes(certificate.pem())
            self._certutil("-A", "-n", f"c{number}", "-t", "CT,C,C", "-i", str(file))

    def _certutil(self, *words):
        command = ["certutil", *words, "-d", self.database]
        subprocess.run(command, check=True, capture_output=True)

    def says(self, pdf):
        file = self.folder / "surat.pdf"
        file.write_bytes(pdf)
        command = ["pdfsig", "-nssdir", str(self.folder), str(file)]
        return subprocess.run(command, capture_output=True, text=True).stdout


MISSING = [name for name in ("pdfsig", "certutil") if not shutil.which(name)]
