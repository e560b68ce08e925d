"""A person with an account, and how a test reads the codes that went out."""

import io
import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import contacts
from accounts.models import Posting, User
from notifications.models import Message

PASSWORD = "rumah hijau di bukit"
NIK = "3528014507900001"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """Limits are counted in the cache, which outlives a test's transaction elsewhere."""
    cache.clear()


@pytest.fixture
def siti(db):
    """An applicant with both addresses confirmed."""
    user = User.objects.create_user(
        "siti@contoh.test", "+6281234567890", PASSWORD, name="Siti Aminah"
    )
    contacts.confirm(user)
    return user


@pytest.fixture
def joko(db):
    """Another applicant."""
    user = User.objects.create_user("joko@contoh.test", None, PASSWORD, name="Joko Susilo")
    contacts.confirm(user)
    return user


@pytest.fixture
def officer(db):
    """An officer of one daerah, without a second factor."""
    user = User.objects.create_user(
        "petugas@contoh.test", None, PASSWORD, name="Rina Wati", is_staff=True
    )
    contacts.confirm(user)
    Posting.objects.create(user=user, daerah="contoh", role="admin", valid_from="2020-01-01")
    return user


@pytest.fixture
def code():
    """Return a function that reads the newest code sent to an address."""

    def read(address):
        message = Message.objects.filter(address=address, template="kode").latest("created_at")
        return re.search(r"\b\d{8}\b", message.body).group()

    return read


def log_in(client, login, password=PASSWORD):
    return client.post("/akun/masuk/", {"login": login, "password": password})


def ktp_photo(size=(640, 400)):
    """A JPEG as a phone takes it: with the place where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 9.0, 30.0), 3: "E", 4: (113.0, 28.0, 1.0)})
    exif[0x0110] = "HP MURAH"
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("KTP saya.jpg", out.getvalue(), "image/jpeg")
