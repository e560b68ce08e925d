"""A national e-sign service on 127.0.0.1 that speaks both versions, and a timestamp service."""

import base64
import io
import json
import threading
import time
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NIK, PASSPHRASE, CODE = "3528012345670001", "Sandi-Rahasia-93", "771204"
USER, PASSWORD = "portal", "kunci-portal"
TIMESTAMP = "/tsa"


class Service:
    """Signs what the portal sends, with a given signer; ``fault`` names what it does wrong."""

    def __init__(self, signer, stamper=None):
        self.signer, self.stamper = signer, stamper
        self.fault, self.seen, self.codes = "", [], 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def _handler(service):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, mime, answer = service.answer(self.path, self.headers, body)
                self.send_response(status)
                self.send_header("Content-Type", mime)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *args):
                """Keep the output of the tests clean."""

        return Handler

    # -- Answers ----------------------------------------------------------------------------
    def answer(self, path, headers, body):
        if path == TIMESTAMP:
            return self._stamp(body)
        given = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if headers["Authorization"] != f"Basic {given}":
            return _said(401, "Unauthorized")
        asked = self._form(headers, body) if path == "/api/sign/pdf" else json.loads(body)
        self.seen.append(asked)
        if path == "/api/v2/sign/get/totp":
            self.codes += 1
            return _said(200, "TOTP terkirim")
        if refused := self._refuses(asked):
            return refused
        self.last_sent = asked["pdf"] if "pdf" in asked else base64.b64decode(asked["file"][0])
        sealed = self._spoilt(self._signed(self.last_sent))
        if path == "/api/sign/pdf":
            return 200, "application/pdf", sealed
        answer = {"time": 120, "file": [base64.b64encode(sealed).decode()]}
        return 200, "application/json", json.dumps(answer).encode()

    def _form(self, headers, body):
        """Return the parts of a multipart form, the file under ``pdf``."""
        head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
        parts = BytesParser().parsebytes(head + body).get_payload()
        found = {}
        for part in parts:
            name = part.get_param("name", header="Content-Disposition")
            content = part.get_payload(decode=True)
            found["pdf" if name == "file" else name] = (
                content if name == "file" else content.decode()
            )
        return found

    def _refuses(self, asked):
        typed = asked.get("passphrase", asked.get("totp"))
        if self.fault == "lambat":
            time.sleep(1.2)
        if self.fault == "500":
            return 500, "text/html", b"<h1>Internal Server Error</h1>"
        if asked.get("nik") != NIK:
            return _said(400, "User belum terdaftar")
        if self.fault == "kedaluwarsa":
            return _said(400, "Certificate Anda sudah expired")
        if typed not in (PASSPHRASE, CODE):
            return _said(400, f"Passphrase anda salah: {typed}")
        return None

    def _signed(self, pdf):
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers
        from pyhanko.sign.fields import SigSeedSubFilter

        if self.fault == "surat lain":
            pdf = self.other
        if self.fault == "isi diganti":
            pdf = self.repainted(pdf)
        meta = signers.PdfSignatureMetadata(field_name="BSrE", subfilter=SigSeedSubFilter.PADES)
        out = io.BytesIO()
        signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), meta, self.signer, output=out)
        return out.getvalue()

    def repainted(self, pdf):
        """Return the paper with an update that replaces what its first page says."""
        from pyhanko.pdf_utils import generic
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        page = writer.root["/Pages"]["/Kids"][0]
        page[generic.pdf_name("/Contents")] = writer.add_object(
            generic.StreamObject(stream_data=b"BT ET")
        )
        writer.update_container(page)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    def _spoilt(self, sealed):
        if self.fault == "sampah":
            return b"%PDF-1.7\nbukan surat" * 40
        if self.fault == "sampah di belakang":
            return self.last_sent + b"\n% ditambah tanpa tanda tangan"
        if self.fault == "bita diubah":
            spot = len(self.last_sent) + 300
            return sealed[:spot] + bytes([sealed[spot] ^ 1]) + sealed[spot + 1 :]
        return sealed

    def _stamp(self, body):
        from asn1crypto import tsp

        if self.fault == "tsa":
            return 503, "text/plain", b"tutup"
        request = tsp.TimeStampReq.load(body)
        answer = self.stamper.request_tsa_response(request)
        return 200, "application/timestamp-reply", answer.dump()


def _said(status, words):
    return status, "application/json", json.dumps({"status_code": 9, "error": words}).encode()
