"""The officer at a case: pages asked for, verdicts posted, pictures drawn."""

import hashlib
from contextlib import contextmanager
from unittest import mock

from applications import pages, requirements
from imbportal import uploads
from imbportal.demo import people
from notifications import jobs
from notifications.models import Job

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Desk:
    """One officer of the daerah with a browser, at one case."""

    def __init__(self, client, case, role="petugas"):
        self.client, self.case = client, case
        self.user = people.officers(case.daerah)[role]
        client.force_login(self.user, backend=BACKEND)

    @property
    def address(self):
        return f"/admin/permohonan/{self.case.pk}/"

    def page(self, query=""):
        answer = self.client.get(self.address + query)
        assert answer.status_code == 200
        return answer

    def words(self, query=""):
        return words(self.page(query))

    def post(self, rest, **data):
        return self.client.post(self.address + rest, data)

    def slot(self, index=0):
        """Return one of the documents that are judged now."""
        due = requirements.due(self.case)
        return [s for s in due if s.version and s.to_judge(self.case.state)][index]

    def refuse(self, slot, reason="Tidak terbaca.", **data):
        rest = f"berkas/{slot.version.pk}/"
        return self.post(rest, verdict="tidak", reason=reason, **data)

    def approve(self, slot):
        return self.post(f"berkas/{slot.version.pk}/", verdict="sesuai")

    def send_back(self):
        return self.post("langkah/return_incomplete/")


def words(response):
    return " ".join(response.content.decode().split())


def draw():
    """Let the worker draw all pages that wait."""
    while waiting := Job.objects.filter(kind=pages.KIND, status=Job.Status.PENDING).first():
        assert jobs.run(waiting.pk)


@contextmanager
def drawn_once():
    """Let the child draw each distinct file once in this block."""
    real, known = uploads.draw, {}

    def draw_again(file, mime, first, last):
        with file.open("rb") as stored:
            key = (hashlib.sha256(stored.read()).hexdigest(), mime, first, last)
        if key not in known:
            known[key] = real(file, mime, first, last)
        return known[key]

    with mock.patch.object(uploads, "draw", draw_again):
        yield
