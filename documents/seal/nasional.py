"""The national e-sign service: version 1 takes a form and answers a PDF, version 2 speaks JSON.

No text of the service is shown or logged: an answer may repeat what was typed.
"""

from __future__ import annotations

import base64
import json
import logging
import time
from typing import Any

from django.conf import settings

from documents.seal import block, foreign, place
from documents.seal.faults import (
    Expired,
    Foreign,
    NotReady,
    SealFault,
    UnknownSigner,
    Unreachable,
    WrongSecret,
)
from documents.seal.secret import Secret
from documents.seal.ways import CODE, PASSPHRASE, Order, Signatory

logger = logging.getLogger(__name__)
LARGEST = 64 * 2**20
"""Bytes of an answer."""
FAULTS: tuple[tuple[tuple[str, ...], type[SealFault]], ...] = (
    (("passphrase", "totp", "otp", "kata sandi"), WrongSecret),
    (("expired", "kedaluwarsa", "kadaluarsa", "kadaluwarsa", "revoked", "dicabut"), Expired),
    (("registered", "terdaftar", "not found", "tidak ditemukan"), UnknownSigner),
)
"""Words by which an answer tells what was wrong; the first match counts."""


class National:
    def __init__(self) -> None:
        if not settings.SEAL_URL or settings.SEAL_VERSION not in (1, 2):
            raise NotReady()
        self.old = settings.SEAL_VERSION == 1
        self.asks = (PASSPHRASE,) if self.old else (PASSPHRASE, CODE)

    def seal(self, order: Order, by: Signatory, secret: Secret) -> bytes:
        where = place.find(order.pdf)
        make = self._by_form if self.old else self._by_json
        return foreign.accept(order.pdf, make(order, by, secret, where), where)

    def seal_for_office(self, order: Order) -> bytes:
        if not settings.SEAL_OFFICE_NIK:
            raise NotReady("Segel kantor belum didaftarkan pada pengaturan portal ini.")
        office = Signatory(name=block.OFFICE, nik=settings.SEAL_OFFICE_NIK)
        return self.seal(order, office, Secret(settings.SEAL_OFFICE_PASSPHRASE))

    def send_code(self, by: Signatory) -> None:
        _post("/api/v2/sign/get/totp", json={**_who(by), "data": 1})

    def _by_form(
        self, order: Order, by: Signatory, secret: Secret, where: place.Place | None
    ) -> bytes:
        if not by.nik:
            raise UnknownSigner("NIK Anda belum tercatat pada portal; mintalah admin mencatatnya.")
        form = {
            "nik": by.nik, "passphrase": secret.reveal(), "reason": order.reason,
            "location": order.place, "tampilan": "visible" if where else "invisible",
        }  # fmt: skip
        if where:
            form |= {
                "image": "false", "linkQR": order.check_url, "page": str(where.page + 1),
                "xAxis": f"{where.x:.2f}", "yAxis": f"{where.y:.2f}",
                "width": f"{where.width:.2f}", "height": f"{where.height:.2f}",
            }  # fmt: skip
        file = {"file": ("surat.pdf", order.pdf, "application/pdf")}
        return _post("/api/sign/pdf", data=form, files=file)

    def _by_json(
        self, order: Order, by: Signatory, secret: Secret, where: place.Place | None
    ) -> bytes:
        look: dict[str, Any] = {"tampilan": "INVISIBLE"}
        if where:
            look = {
                "tampilan": "VISIBLE",
                "imageBase64": base64.b64encode(block.picture(order)).decode(),
                "page": where.page + 1, "originX": where.x, "originY": where.y,
                "width": where.height, "height": where.height,
            }  # fmt: skip
        look |= {"reason": order.reason, "location": order.place}
        answer = _post(
            "/api/v2/sign/pdf",
            json={
                **_who(by),
                "totp" if secret.is_code else "passphrase": secret.reveal(),
                "signatureProperties": [look],
                "file": [base64.b64encode(order.pdf).decode()],
            },
        )
        try:
            (file,) = json.loads(answer)["file"]
            return base64.b64decode(file, validate=True)
        except (ValueError, KeyError, TypeError):
            raise Foreign() from None


def _who(by: Signatory) -> dict[str, str]:
    if by.nik:
        return {"nik": by.nik}
    if by.email:
        return {"email": by.email}
    raise UnknownSigner()


def _post(path: str, **sent: Any) -> bytes:
    """Return the body of a good answer; raises the fault that a bad one tells."""
    import requests

    started = time.monotonic()
    try:
        with requests.post(
            settings.SEAL_URL + path,
            auth=(settings.SEAL_USER, settings.SEAL_PASSWORD),
            timeout=settings.SEAL_TIMEOUT,
            allow_redirects=False,
            stream=True,
            **sent,
        ) as answer:
            status, body = answer.status_code, _body(answer, started + settings.SEAL_TIMEOUT)
    except requests.RequestException as error:
        logger.warning("e-sign service: %s", type(error).__name__)
        raise Unreachable() from None
    if status != 200:
        raise _fault(status, body)
    return body


def _body(answer: Any, until: float) -> bytes:
    """Read an answer that is neither endless nor slow for ever."""
    read = bytearray()
    for piece in answer.iter_content(65_536):
        read += piece
        if len(read) > LARGEST or time.monotonic() > until:
            raise Unreachable()
    return bytes(read)


def _fault(status: int, body: bytes) -> SealFault:
    logger.warning("e-sign service answered %s", status)
    if status in (401, 403):
        return NotReady("Portal ini ditolak oleh layanan tanda tangan elektronik. Hubungi admin.")
    if not 400 <= status < 500:
        return Unreachable()
    words = body[:65_536].decode(errors="replace").lower()
    for signs, fault in FAULTS:
        if any(sign in words for sign in signs):
            return fault()
    return Unreachable("Layanan tanda tangan elektronik menolak permintaan ini. Hubungi admin.")
