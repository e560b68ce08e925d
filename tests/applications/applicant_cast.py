"""The people of the applicant's pages, and the answers that fill their forms."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import contacts
from accounts.models import Identity, Posting, User
from applications import casework, requirements, services
from applications.models import Application

DAERAH = "contoh"
LOCATION = {
    "kecamatan": "510301",
    "address": "Jl. Melati 4",
    "land_right": "hak_milik",
    "land_document": "SHM 123",
    "land_owned": "ya",
    "land_area": "1.200,5",
}
PLAN = {"work": "baru", "function": "hunian", "floors": "2", "floor_area": "140"}
BUILDING = {
    "building_name": "Rumah tinggal",
    "ownership": "perorangan",
    "footprint": "70",
    "basement_floors": "0",
    "height": "7,5",
    "front_setback": "6",
    "green_area": "300",
}
WATER = {"covered_area": "120", "infiltration_volume": "3", "septic_tank": "ya"}
SMALL = PLAN | {"floors": "1", "floor_area": "60"}
"""A small house: no KRK needed."""


def person(name, email, nik):
    """An applicant whose identity is complete, so that applications may go out."""
    user = User.objects.create_user(email, None, "rumah hijau di bukit", name=name)
    contacts.confirm(user)
    Identity.objects.create(user=user, name=name, nik=nik, address="Jl. Mawar 1", ktp="ktp/x.jpg")
    return user


def officer(role):
    """An officer of the daerah who holds one role."""
    user = User.objects.create_user(f"{role}@kantor.test", None, "x", name=f"Petugas {role}")
    Posting.objects.create(
        user=user, daerah=DAERAH, unit="dinas", role=role, valid_from="2020-01-01"
    )
    return user


def pdf(pages=1, name="denah.pdf"):
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.save(out)
    return SimpleUploadedFile(name, out.getvalue(), "application/pdf")


def url(application, page=""):
    return f"/permohonan/{application.pk}/{page}"


def fill(client, application, plan=PLAN, **changes):
    """Fill every section over HTTP as a browser would."""
    village = {"village": "Tuban"}
    for section, answers in (
        ("lokasi", LOCATION), ("lokasi", LOCATION | village), ("rencana", plan),
        ("bangunan", BUILDING), ("air", WATER),
    ):  # fmt: skip
        save(client, application, section, answers | changes)
    application.refresh_from_db()


def save(client, application, section, answers):
    application.refresh_from_db()
    data = {**answers, "version": application.version, "simpan": "1"}
    return client.post(url(application, f"isian/{section}/"), data, follow=True)


def upload_all(client, application):
    for slot in requirements.due(application):
        if not slot.requirement.optional:
            client.post(url(application, f"berkas/{slot.code}/"), {"file": pdf()})
    application.refresh_from_db()


def submitted(client, user):
    """A small house that was filled in, uploaded and sent."""
    application = casework.create(user, DAERAH)
    fill(client, application, plan=SMALL)
    upload_all(client, application)
    send(client, application, data_benar="on")
    return application


def send(client, application, **statements):
    application.refresh_from_db()
    data = {"version": application.version, **statements}
    answer = client.post(url(application, "kirim/"), data, follow=True)
    application.refresh_from_db()
    return answer


def returned(client, user, reason="Gambar tidak terbaca."):
    """A case sent back with one verdict and one remark on the whole."""
    application, rina = submitted(client, user), officer("petugas")
    slot = requirements.due(application)[0]
    casework.judge(application, slot.version, False, reason, by=rina)
    casework.add_point(application, "Tulis nama jalan lengkap.", by=rina)
    services.perform("return_incomplete", application, by=rina)
    return Application.objects.get(pk=application.pk)
