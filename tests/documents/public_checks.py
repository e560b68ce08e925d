"""Anybody who has a file compared on the check page, and the figures of that."""

import json
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

VERDICTS = ("Berkas sesuai", "Berkas tidak sesuai", "Versi lama yang sudah diganti")


class Public:
    """Anybody with a browser, each time from another address: the limit is asked elsewhere."""

    def __init__(self):
        self.client, self.asked = Client(), 0

    def verdict(self, content, paper=None):
        """Return what the page says of a file, with the code of a paper or without one."""
        self.asked += 1
        path = f"/verifikasi/{paper.token}/" if paper else "/verifikasi/"
        upload = SimpleUploadedFile("isi-rahasia.pdf", content, "application/pdf")
        address = f"10.1.{self.asked // 250}.{self.asked % 250}"
        answer = self.client.post(path, {"file": upload, "compare": "1"}, REMOTE_ADDR=address)
        said = answer.content.decode()
        assert answer.status_code == 200 and "isi-rahasia" not in said
        (found,) = [words for words in VERDICTS if f"<h2>{words}" in said]
        return found


def read(paper):
    with default_storage.open(paper.given.name) as file:
        return file.read()


def write(name, figures):
    """Print figures as one line and keep them below reports/."""
    line = json.dumps({"name": name} | figures, sort_keys=True)
    folder = Path(__file__).resolve().parents[2] / "reports"
    folder.mkdir(exist_ok=True)
    with (folder / "surat.jsonl").open("a") as file:
        file.write(f"{line}\n")
    print(line)  # noqa: T201
