import pytest
from django.db import connections, transaction
from django.db.transaction import TransactionManagementError

from notifications import delivery, inbox
from notifications.models import Job, Message


def test_a_message_goes_by_each_channel_and_into_the_inbox(send):
    rows = {message.channel: message for message in send()}
    assert set(rows) == {"email", "sms", "kotak"}
    assert rows["email"].subject == "IMB 0042/IMB/2026: Dokumen lengkap"
    assert rows["kotak"].sent_at and not rows["email"].sent_at


def test_only_what_leaves_the_portal_becomes_a_job(send):
    send()
    assert Job.objects.filter(kind="kirim_pesan").count() == 2


def test_a_repeated_key_is_absorbed(send):
    assert [m.pk for m in send()] == [m.pk for m in send()]
    assert Message.objects.count() == 3 and Job.objects.count() == 2


def test_one_key_cannot_swallow_the_message_to_another_person(send, django_user_model):
    send()
    other = django_user_model.objects.create(name="Beni", email="beni@contoh.test")
    with pytest.raises(ValueError):
        send(user=other)


def test_a_message_needs_the_transaction_of_its_cause(send, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(TransactionManagementError):
        patch.setattr(connections["default"], "in_atomic_block", False)
        send()


def test_a_rollback_takes_the_messages_along(send):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send()
        1 / 0  # noqa: B018
    assert not Message.objects.exists() and not Job.objects.exists()


@pytest.mark.parametrize("url", ["https://jahat.test/", "//jahat.test/", "permohonan/"])
def test_a_message_leads_into_the_portal_only(send, url):
    with pytest.raises(ValueError):
        send(url=url)


def test_a_code_stays_out_of_the_inbox(send, ana):
    code = {"code": "12345678", "minutes": 10, "purpose": "masuk"}
    send(template="kode", says=code, secret=True)
    assert not inbox.of(ana).exists()


@pytest.mark.parametrize("demo", [True, False])
def test_a_code_is_blanked_once_sent_but_in_the_demo(send, settings, demo):
    settings.DEMO = demo
    code = {"code": "12345678", "minutes": 10, "purpose": "masuk"}
    email, sms = send(template="kode", says=code, secret=True)
    delivery.deliver(email.pk)
    email.refresh_from_db()
    assert email.sent_at and ("12345678" in email.body) == demo
