"""Who enters the officers' site, and which pages nobody keeps."""

import datetime

import pytest

from accounts.models import Posting, User
from imbportal import indonesia

pytestmark = pytest.mark.django_db
TODAY = indonesia.today()


@pytest.fixture
def budi():
    return User.objects.create_user(email="budi@contoh.test", name="Budi Santosa")


@pytest.fixture
def petugas():
    user = User.objects.create_user(email="sari@contoh.test", name="Sari Wulandari")
    Posting.objects.create(
        user=user, daerah="contoh", unit="dpmptsp", role="petugas", valid_from=TODAY
    )
    return user


def test_officers_door_is_the_portals_login(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/akun/masuk/?next=%2Fadmin%2F"


def test_applicant_has_no_place_in_the_office(client, budi):
    client.force_login(budi)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "bukan untuk akun Anda" in response.content.decode()


def test_posting_in_force_opens_the_office(client, petugas):
    client.force_login(petugas)
    response = client.get("/admin/data-induk/")
    assert response.status_code == 200
    assert "Petugas Pelayanan · Kabupaten Contoh" in response.content.decode()


def test_ended_posting_closes_the_office(client, petugas):
    petugas.postings.update(
        valid_from=TODAY - datetime.timedelta(9), valid_until=TODAY - datetime.timedelta(1)
    )
    client.force_login(petugas)
    assert client.get("/admin/", follow=True).status_code == 403


def test_admins_own_login_takes_no_password(client, petugas):
    response = client.post("/admin/login/", {"username": "sari@contoh.test", "password": "x"})
    assert response.status_code == 302 and response.url.startswith("/akun/masuk/")


@pytest.mark.parametrize("path", ["/", "/pamekasan/"])
def test_pages_of_a_logged_in_reader_are_not_kept(client, budi, path):
    assert "no-store" not in client.get(path).get("Cache-Control", "")
    client.force_login(budi)
    assert client.get(path)["Cache-Control"] == "no-store, private"


def test_account_pages_are_never_kept(client):
    assert client.get("/akun/masuk/")["Cache-Control"] == "no-store, private"


def test_no_administrator_edits_groups_or_other_peoples_second_factors(client, petugas):
    User.objects.filter(pk=petugas.pk).update(is_superuser=True)
    client.force_login(petugas)
    for path in ("auth/group", "mfa/authenticator", "account/emailaddress"):
        assert client.get(f"/admin/{path}/").status_code == 404
