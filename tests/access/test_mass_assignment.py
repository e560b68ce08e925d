"""Every field of every model is added to a form: nothing changes but what the form lists."""

import datetime

import pytest
from django.apps import apps
from django.db import models, transaction
from honest_forms import forms

from accounts.models import User

pytestmark = pytest.mark.django_db
OWN = ("accounts", "applications", "documents", "retribusi", "feedback")
PLAIN = {"version", "updated_at", "last_login"}
"""Columns that every change of a row moves by itself."""
STAMPS = {"created_at", "at", "raised_at", "uploaded_at", "filed_at", "date_joined"}


def tables():
    return [model for app in OWN for model in apps.get_app_config(app).get_models()]


def junk(world, field):
    """Return what is sent for a column: something that no honest request would put there."""
    if field.is_relation:
        target = field.related_model
        return str(world.users["super"].pk) if target is User else "1"
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateTimeField):
        return "2001-02-03 04:05:06"
    if isinstance(field, models.DateField):
        return "2001-02-03"
    if isinstance(field, models.IntegerField | models.DecimalField):
        return "77"
    return WORDS.get(field.name, "disusupkan")


WORDS = {
    "state": "COLLECTED", "daerah": "pamekasan", "role": "kepala", "track": "pbg",
    "turn_role": "kepala", "verdict": "sesuai", "status": "diterima", "scan": "bersih",
    "ktp_scan": "bersih", "letter_scan": "bersih",
}  # fmt: skip


def everything(world):
    """Return every column of every table as form data."""
    fields = [field for model in tables() for field in model._meta.concrete_fields]
    data = {field.name: junk(world, field) for field in fields if not field.primary_key}
    return data | {"groups": "1", "user_permissions": "1", "id": "1", "pk": "1"}


def rows():
    """Return every row of the portal's own tables: {(table, pk): {column: value}}."""
    return {
        (model.__name__, row[model._meta.pk.attname]): row
        for model in tables()
        for row in model.objects.values(*(f.attname for f in model._meta.concrete_fields))
    }


def changes(before, after):
    """Return what changed as {"Model.column"}, and the rows that are new."""
    changed = {
        f"{key[0]}.{name}"
        for key in before.keys() & after.keys()
        for name, value in after[key].items()
        if before[key][name] != value and name not in PLAIN
    }
    gone = {f"{key[0]} gone" for key in before.keys() - after.keys()}
    return changed | gone, {key: after[key] for key in after.keys() - before.keys()}


NEW = {
    "mandate": {"Identity", "Mandate"}, "new case": {"Application"},
    "upload": {"DocumentVersion"}, "payment": {"PaymentProof", "Event"},
    "counter": {"User", "WalkIn", "Identity", "Application"},
    "withdraw": {"Event", "EventNote"}, "note": {"InternalNote"}, "point": {"Point"},
    "record": {"Record"}, "complaint": {"Complaint", "ComplaintEvent"}, "take": {"ComplaintEvent"},
    "officer": {"User"},
}  # fmt: skip
"""Tables in which a form may make rows."""
KEPT = {
    "User": {"is_superuser": False, "is_system": False, "phone_verified": False, "phone": None},
    "Identity": {"user_id": None}, "Mandate": {"ended_at": None},
    "Application": {"state": "DRAFT", "number": "", "turn_role": "", "version_used_id": None,
                    "submitted_at": None, "pickup_code": "", "taken_over_at": None,
                    "received_on": None, "paper_number": ""},
    "WalkIn": {"closed_at": None, "claimed_by_id": None, "email": "", "phone": ""},
    "DocumentVersion": {"verdict": "", "judged_by_id": None, "judged_at": None, "reason": ""},
    "PaymentProof": {"status": "diajukan", "judged_by_id": None, "judged_at": None, "reason": ""},
    "Complaint": {"state": "RECEIVED", "channel": "portal", "handler_id": None, "case_id": None,
                  "entered_by_id": None, "answered_on": None, "escalated_at": None},
    "Point": {"sent_at": None, "answer": "", "answered_at": None, "closed_at": None},
}  # fmt: skip
"""What a new row holds, whatever was sent along."""


def test_no_form_takes_more_than_it_lists(world, client, settings):
    settings.DEMO = True
    failed, taken = [], 0
    for what, actor, url, honest, may in forms(world):
        before = rows()
        with transaction.atomic():
            answer = world.clients[actor].post(url, everything(world) | honest)
            changed, made = changes(before, rows())
            transaction.set_rollback(True)
        taken += answer.status_code == 302
        failed += [(what, answer.status_code)] if answer.status_code != 302 else []
        failed += [(what, name) for name in sorted(changed - may)]
        failed += [(what, f"{table} made") for table, _ in made if table not in NEW.get(what, ())]
        failed += list(infiltrated(world, what, actor, made))
    assert not failed, "\n".join(map(str, failed))
    assert taken == 19


def infiltrated(world, what, actor, made):
    """Yield the columns of new rows that hold what was sent along."""
    chief = world.users["super"].pk
    for (table, _), row in made.items():
        for name, value in row.items():
            kept = KEPT.get(table, {}) if (what, name) != ("counter", "user_id") else {}
            if name in kept and value not in (kept[name], kept[name] or None):
                yield what, f"{table}.{name}", value
            if value == "disusupkan" or (name.endswith("_id") and "_by" in name and value == chief):
                yield what, f"{table}.{name}", value
            if isinstance(value, datetime.datetime) and value.year == 2001:
                yield what, f"{table}.{name}", value


def test_a_new_account_is_an_applicant_whatever_is_sent(world, undone, client):
    data = everything(world) | {
        "name": "Baru", "email": "orang@contoh.test", "phone": "", "password1": "hujan di bukit 7",
    }  # fmt: skip
    assert client.post("/akun/daftar/", data).status_code == 302
    user = User.objects.get(emailaddress__email="orang@contoh.test")
    assert (user.is_staff, user.is_superuser, user.is_system, user.phone_verified) == (False,) * 4
    assert user.nip == "" and not user.postings.exists() and not user.groups.exists()


def test_the_check_sees_a_form_that_takes_all(world, client, monkeypatch):
    """Negative control: a profile form with one column too many is found."""
    from accounts.forms import ProfileForm

    before = rows()
    form = type("Wide", (ProfileForm,), {"Meta": type("Meta", (ProfileForm.Meta,), {
        "fields": ["name", "notice", "is_staff"]})})  # fmt: skip
    monkeypatch.setattr("accounts.views.ProfileForm", form)
    world.clients["owner"].post("/akun/", everything(world) | {"name": "B", "notice": "sms"})
    assert "User.is_staff" in changes(before, rows())[0]
