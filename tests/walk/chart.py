"""The notices of the document's chart against what really arrived."""

import time

from evidence import sql
from family import EMAIL, NUMBER
from person import PATIENCE

NOTICES = {
    2: "email",
    3: "email",
    5: "email",
    8: "email",
    10: "email",
    12: "sms",
    13: "email",
    16: "email",
    17: "email",
    18: "email",
    19: "email",
    21: "email",
    22: "email",
}
"""What the chart marks: e-mail or SMS by the person's choice (here e-mail), SMS only at 12."""

SUBJECTS = {
    5: "KRK terbit",
    8: "tanda terima terbit",
    10: "dinyatakan lengkap",
    13: "selesai dinilai",
    16: "SKRD terbit",
    17: "memberitahukan pembayaran",
    18: "Bukti pembayaran diunggah",
    19: ": IMB terbit",
    21: "kode pengambilan IMB dikirim",
    22: "diserahkan kepada pemohon",
}
"""Words by which the family knows its e-mails; step 12 comes by SMS alone."""


def compare(portal, post):
    """Every message written arrived once, and those of a step are those of the chart."""
    until = time.monotonic() + PATIENCE
    while (written := _written(portal)) != (arrived := _arrived(post)):
        assert time.monotonic() < until, f"{written ^ arrived} arrived or was written alone"
        time.sleep(0.2)
    rows = sql(
        portal,
        "SELECT step, channel, address, subject FROM notifications_message"
        " WHERE step IS NOT NULL AND channel <> 'kotak' ORDER BY created_at",
    )
    family = [row for row in rows if row[2] in (EMAIL, NUMBER)]
    assert {step: channel for step, channel, *_ in family if step != 2} == {
        step: channel for step, channel in NOTICES.items() if step != 2
    }
    assert {channel for step, channel, *_ in family if step == 2} == {"email", "sms"}
    office = {step for step, _, address, _ in rows if address.startswith("bendahara")}
    assert office - {2} == {17, 18}  # 2: the codes with which an officer joins
    subjects = [mail["Subject"] for mail in post.mails if mail["To"] == EMAIL]
    for step, part in SUBJECTS.items():
        assert any(part in subject for subject in subjects), (step, subjects)
    assert any("kelengkapan persyaratan" in one["text"] for one in post.sms if one["to"] == NUMBER)


def _written(portal):
    """Return by which id each message should arrive: its own as e-mail, key and number as SMS."""
    rows = sql(portal, "SELECT id, channel, key, address FROM notifications_message")
    sms = {f"{key}:{address}" for _, channel, key, address in rows if channel == "sms"}
    return sms | {str(pk) for pk, channel, *_ in rows if channel == "email"}


def _arrived(post):
    mails = [mail["Message-ID"].strip("<>").partition("@")[0] for mail in post.mails]
    assert len(mails) == len(set(mails)), "a mail came twice"
    return {*mails, *post.gateway.delivered}
