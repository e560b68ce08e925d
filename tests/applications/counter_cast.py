"""An officer at the counter with a browser, and the person who stands before him."""

from django.test import Client

from applications.models import Application
from imbportal.demo import drawings, people
from tests.applications.applicant_cast import SMALL, fill, send, upload_all

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NIK, NAME = people.nik(811), "Sutrisno Hadi"
PAPER = {"cara": "kertas", "paper_number": "TT-7", "paper_reason": "Jaringan putus."}


def browser(user):
    client = Client()
    client.force_login(user, BACKEND)
    return client


def at_counter(slug="contoh", role="petugas"):
    """Return an officer of the counter with his browser."""
    officer = people.officer(slug, role)
    client = browser(officer)
    client.officer = officer
    return client


def entered(client, nik=NIK, *, name=NAME, daerah="contoh", **more):
    """Enter a new person and open the draft, as the page about him sends it."""
    data = {
        "daerah": daerah, "nik": nik, "jenis": "perorangan", "cara": "loket", "simpan": "1",
        "name": name, "address": "Jl. Pasar 3", "ktp": drawings.card(name, nik), **more,
    }  # fmt: skip
    return client.post("/admin/loket/terima/", data)


def opened(client, **more):
    answer = entered(client, **more)
    assert answer.status_code == 302, answer.content.decode()
    return Application.objects.latest("created_at")


def filed(client, **more):
    """Open, fill, upload and send a small house at the counter."""
    case = opened(client, **more)
    fill(client, case, plan=SMALL)
    upload_all(client, case)
    send(client, case, data_benar="on")
    assert case.state == "SUBMITTED"
    return case


def claim(client, case, nik=NIK, **wrong):
    data = {"number": case.number, "secret": case.secret, "nik": nik} | wrong
    return client.post("/permohonan/klaim/", data)
