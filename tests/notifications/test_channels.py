import smtplib
import time

import pytest
from django.core import mail

from notifications import channels, jobs, lanes
from notifications.models import Job
from tests.notifications.gateway import Gateway
from tests.notifications.postbox import Postbox

SHORT = 2
"""Seconds of a lease that ends before a slow talk does; the talk has three quarters of them."""
TO = ("+6281200000001", "Halo", "kunci:sms")


def test_the_gateway_gets_number_text_and_key():
    with Gateway() as server:
        assert channels.HttpGateway(server.url, "rahasia").send(*TO) == "ref-1"
    assert server.delivered["kunci:sms"] == {"to": TO[0], "text": TO[1], "key": TO[2]}
    assert server.headers["Authorization"] == "Bearer rahasia"
    assert server.headers["Idempotency-Key"] == "kunci:sms"


@pytest.mark.parametrize("mood", ["500", "429", "hang", "drop"])
def test_a_fault_of_the_gateway_is_worth_another_try(mood):
    start = time.monotonic()
    with Gateway(mood) as server, pytest.raises((channels.GatewayError, OSError)):
        channels.HttpGateway(server.url, timeout=0.3).send(*TO)
    assert server.calls and time.monotonic() - start < 3


def test_nobody_listening_is_worth_another_try():
    with pytest.raises(OSError):
        channels.HttpGateway("http://127.0.0.1:9/kirim").send(*TO)


def test_a_message_that_the_gateway_will_never_take_is_given_up():
    with Gateway("422") as server, pytest.raises(jobs.GiveUp):
        channels.HttpGateway(server.url).send(*TO)


def test_a_gateway_that_hangs_up_after_taking_it_sends_it_once(send, outside):
    with Gateway("drop") as server:
        outside.SMS_GATEWAY = server.url
        _, sms, _ = send()
        job = Job.objects.get(ref=str(sms.pk))
        jobs.run(job.pk)
        server.mood = "ok"
        Job.objects.update(due_at=job.created_at)
        jobs.run(job.pk)
    sms.refresh_from_db()
    assert len(server.calls) == 2 and len(server.delivered) == 1 and sms.provider_ref


def test_nothing_leaves_the_demo(send, settings):
    with Gateway() as server:
        settings.DEMO, settings.SMS_GATEWAY = True, server.url
        for message in send()[:2]:
            jobs.run(Job.objects.get(ref=str(message.pk)).pk)
    assert not server.calls and not mail.outbox
    assert set(Job.objects.values_list("status", flat=True)) == {"selesai"}


def test_production_without_a_gateway_does_not_pretend(settings):
    settings.DEMO, settings.PRODUCTION, settings.SMS_GATEWAY = False, True, ""
    with pytest.raises(jobs.GiveUp):
        channels.gateway().send(*TO)


@pytest.fixture
def postbox(outside):
    with Postbox() as box:
        outside.EMAIL_BACKEND = box.environment["EMAIL_BACKEND"]
        outside.EMAIL_HOST, outside.EMAIL_PORT = "127.0.0.1", box.port
        yield box


def test_an_email_arrives_over_smtp_as_written(send, postbox):
    email, _, _ = send(says={"headline": "Dokumen lengkap\nBcc: korban@contoh.test"})
    reference = channels.send_email(email)
    (mail,) = postbox.received
    assert mail["To"] == "ana@contoh.test" and mail["Bcc"] is None
    assert mail["Message-ID"] == reference and str(email.pk) in reference
    assert "Tunggu hasil penilaian teknis." in mail.get_payload(decode=True).decode()


def test_an_unknown_mailbox_is_given_up_at_once(send, postbox):
    email, *_ = send(channels=[("email", "xaver@contoh.test")])
    with pytest.raises(jobs.GiveUp):
        channels.send_email(email)


def test_a_mail_server_that_is_away_is_worth_another_try(send, outside):
    outside.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    outside.EMAIL_HOST, outside.EMAIL_PORT = "127.0.0.1", 9
    email, *_ = send()
    with pytest.raises((OSError, smtplib.SMTPException)):
        channels.send_email(email)


@pytest.mark.parametrize("lease, whole", [(SHORT, False), (60, True)])
def test_a_talk_ends_before_the_lease_however_slow_each_answer_is(
    send, postbox, outside, lease, whole
):
    """Negative control: with a long lease the same server gets the whole mail, and late."""
    postbox.drag, outside.JOBS_LEASE = 1, lease
    email, *_ = send()
    start = time.monotonic()
    if whole:
        channels.send_email(email)
        assert time.monotonic() - start > SHORT and postbox.received
    else:
        with pytest.raises((OSError, smtplib.SMTPException)):
            channels.send_email(email)
        assert time.monotonic() - start < SHORT


@pytest.mark.parametrize("lease, whole", [(SHORT, False), (60, True)])
def test_so_does_a_gateway_that_drips(settings, lease, whole):
    settings.JOBS_LEASE = lease
    start = time.monotonic()
    with Gateway(drip=0.2) as server:
        if whole:
            assert channels.HttpGateway(server.url).send(*TO) == "ref-1"
            assert time.monotonic() - start > SHORT
        else:
            with pytest.raises((channels.GatewayError, OSError)):
                channels.HttpGateway(server.url).send(*TO)
            assert time.monotonic() - start < SHORT


def test_no_way_outside_takes_every_hand(settings):
    """Of four hands SMS and e-mail may take two each, and never the fourth."""
    settings.WORKER_CONCURRENCY = 4
    assert (lanes.slots("sms"), lanes.slots("email")) == ([0, 1], [2, 1])
    with lanes.hold("sms") as one, lanes.hold("sms") as two, lanes.hold("sms") as three:
        assert one and two and not three
        with lanes.hold("email") as mail, lanes.hold("email") as more, lanes.hold("") as inside:
            assert mail and not more and inside
    with lanes.hold("sms") as again:
        assert again
