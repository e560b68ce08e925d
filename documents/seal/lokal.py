"""The office's own certificates: one PKCS#12 file for each signatory, and one for the office."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

from django.conf import settings

from documents.seal import block, pades, place
from documents.seal.faults import Expired, NotReady, UnknownSigner, WrongSecret
from documents.seal.secret import Secret
from documents.seal.ways import PASSPHRASE, Order, Signatory

OFFICE = "kantor"
"""Name of the office's own file."""


class Local:
    asks = (PASSPHRASE,)

    def seal(self, order: Order, by: Signatory, secret: Secret) -> bytes:
        signer = _opened(path(by.key), secret, order.at)
        return _sealed(order, by, signer)

    def seal_for_office(self, order: Order) -> bytes:
        try:
            signer = _opened(path(OFFICE), Secret(settings.SEAL_OFFICE_PASSPHRASE), order.at)
        except UnknownSigner:
            raise NotReady("Sertifikat kantor belum dipasang pada portal ini.") from None
        except WrongSecret:
            raise NotReady("Kata sandi sertifikat kantor pada pengaturan tidak cocok.") from None
        return _sealed(order, Signatory(name=common_name(signer.signing_cert)), signer)

    def send_code(self, by: Signatory) -> None:
        raise NotReady("Sertifikat kantor tidak memakai kode sekali pakai.")


def path(key: str) -> Path:
    """Return where the certificate of a signatory lies; keys are our own, never typed."""
    if not re.fullmatch(r"[a-z0-9]+", key):
        raise UnknownSigner()
    return Path(settings.SEAL_FOLDER) / f"{key}.p12"


def _sealed(order: Order, by: Signatory, signer: Any) -> bytes:
    where = place.find(order.pdf)
    drawn = block.drawn(order, by) if where else None
    return pades.sign(order, signer, by.name, where, drawn)


def _opened(file: Path, secret: Secret, at: datetime.datetime) -> Any:
    """Return the signer of a PKCS#12 file; raises UnknownSigner, WrongSecret or Expired."""
    from pyhanko.sign.signers import SimpleSigner

    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise UnknownSigner() from None
    try:
        signer = SimpleSigner.load_pkcs12_data(content, (), secret.reveal().encode())
    except ValueError:
        signer = None
    if signer is None:
        raise WrongSecret()
    if not signer.signing_cert.not_valid_before <= at <= signer.signing_cert.not_valid_after:
        raise Expired()
    return signer


def common_name(certificate: Any) -> str:
    return str(certificate.subject.native.get("common_name", block.OFFICE))
