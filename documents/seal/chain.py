"""A certificate chain of one's own: root, issuing CA, end certificates (EC P-256).

Made for the demo and the tests; an office in production brings certificates of its own provider.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ROOT, ISSUER = "akar", "penerbit"
YEARS = {ROOT: 20, ISSUER: 10, "": 3}
YEAR = datetime.timedelta(days=365)


class Holder:
    """A certificate with its key, and those above it, the nearest first."""

    def __init__(self, certificate: x509.Certificate, key: Any, above: tuple = ()):
        self.certificate, self.key, self.above = certificate, key, above

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def p12(self, passphrase: str) -> bytes:
        return pkcs12.serialize_key_and_certificates(
            self.certificate.subject.rfc4514_string().encode(),
            self.key,
            self.certificate,
            list(self.above) or None,
            serialization.BestAvailableEncryption(passphrase.encode()),
        )


def make(office: str, at: datetime.datetime) -> tuple[Holder, Holder]:
    """Return a new root and the CA below it that issues end certificates."""
    root = _issue(f"Akar {office}", office, at, None, YEARS[ROOT], ca=1)
    return root, _issue(f"Penerbit {office}", office, at, root, YEARS[ISSUER], ca=0)


def end(
    name: str, office: str, at: datetime.datetime, issuer: Holder, *,
    years: int = YEARS[""], tsa: bool = False, key: Any = None,
) -> Holder:  # fmt: skip
    """Return the certificate of a signatory, of the office, or of a timestamp service."""
    return _issue(name, office, at, issuer, years, tsa=tsa, key=key)


def write(folder: Path, name: str, content: bytes) -> Path:
    """Write one file of the chain that the portal alone may read, whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{name}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    return draft.replace(folder / name)


def read(folder: Path, name: str, passphrase: str) -> Holder:
    """Return a holder that ``write`` kept as PKCS#12."""
    content = (folder / f"{name}.p12").read_bytes()
    key, certificate, above = pkcs12.load_key_and_certificates(content, passphrase.encode())
    assert certificate is not None  # noqa: S101 - our own file
    return Holder(certificate, key, tuple(above))


def _issue(
    name: str, office: str, at: datetime.datetime, issuer: Holder | None, years: int, *,
    ca: int | None = None, tsa: bool = False, key: Any = None,
) -> Holder:  # fmt: skip
    key = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, office[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
        ]
    )
    signing = issuer.key if issuer else key
    draft = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - datetime.timedelta(minutes=5))
        .not_valid_after(at + years * YEAR)
        .add_extension(x509.BasicConstraints(ca is not None, ca), critical=True)
        .add_extension(_usage(ca is not None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
    )
    if tsa:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        draft = draft.add_extension(purpose, critical=True)
    above = (issuer.certificate, *issuer.above) if issuer else ()
    return Holder(draft.sign(signing, hashes.SHA256()), key, above)


def _usage(ca: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not ca, content_commitment=not ca, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=ca, crl_sign=ca,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
