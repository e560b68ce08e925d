"""Words of a message: rendered as plain text, in one line where a header or an SMS wants one."""

import re
import unicodedata
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.template import Context, TemplateDoesNotExist, engines

from notifications.models import Message

SUBJECT_LIMIT, SMS_LIMIT = 200, 160
UNSEEN = {"Cc", "Cf"}
"""Unicode categories that no message needs: control characters, turned writing direction."""
LONG = {"detail", "next"}
"""Context that may have lines of its own; all else is made one line."""
EXPENDABLE = ("place", "detail", "next", "office")
"""What an SMS leaves out, in this order, until it fits: number, headline and date stay."""


class Text(NamedTuple):
    subject: str
    body: str


def render(template: str, channel: str, context: dict, url: str = "") -> Text:
    """Return the text for one channel; it is fixed from then on."""
    context = _context(context, channel, url)
    subject, _, body = _fill(f"pesan/{template}.txt", context).lstrip().partition("\n")
    subject = one_line(subject)[:SUBJECT_LIMIT]
    if channel == Message.Channel.SMS:
        return Text(subject, _sms(template, context, subject))
    return Text(subject, re.sub(r"\n{3,}", "\n\n", body).strip() + "\n")


def _context(context: dict, channel: str, url: str) -> dict:
    """Add what every template may use: channel, link (whole address) and site (host alone)."""
    plain = {
        key: clean(value) if key in LONG else one_line(value)
        for key, value in context.items()
        if isinstance(value, str)
    }
    site = urlsplit(settings.SITE_URL).netloc
    added = {"channel": channel, "link": settings.SITE_URL + (url or "/"), "site": site}
    return {**context, **plain, **added}


def _fill(name: str, context: dict) -> str:
    """Render without HTML escaping: this is plain text, and is escaped where a page shows it."""
    template = engines["django"].engine.get_template(name)
    return template.render(Context(context, autoescape=False))


def _sms(template: str, context: dict, subject: str) -> str:
    """Return at most 160 plain characters: one SMS, in the alphabet that costs one SMS."""
    for count in range(len(EXPENDABLE) + 1):
        shorter = {**context, **dict.fromkeys(EXPENDABLE[:count], "")}
        try:
            text = ascii_only(one_line(_fill(f"pesan/{template}.sms.txt", shorter)))
        except TemplateDoesNotExist:
            text = ascii_only(f"{subject}. {context['site']}")
        if len(text) <= SMS_LIMIT:
            return text
    return text[: SMS_LIMIT - 3].rstrip() + "..."


def clean(text: str) -> str:
    """Remove control and direction characters other than line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in UNSEEN)


def one_line(text: str) -> str:
    """Return the text in one line, so that no name or note can add a header or a line."""
    return " ".join(clean(" ".join(text.split())).split())


def ascii_only(text: str) -> str:
    """Spell dashes, quotes and accents plainly."""
    plain = text.translate({0x2013: "-", 0x2014: "-", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
