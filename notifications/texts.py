"""Words of a message: rendered as plain text, in one line where a header or an SMS wants one."""

import re
import textwrap
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
TO_DO = ("next", "task")
"""Context that says what the reader must do; an SMS cuts it to what there is room for."""
ROOM = 20
"""Fewer characters than this say nothing: then it goes altogether."""


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

    def fill(**changes):
        try:
            return ascii_only(one_line(_fill(f"pesan/{template}.sms.txt", context | changes)))
        except TemplateDoesNotExist:
            return ascii_only(f"{subject}. {context['site']}")

    kept_detail = ["next"] if context.get("detail") else []
    for names in ([], kept_detail, ["detail"]):
        text = fill(**dict.fromkeys(names, ""))
        if len(text) <= SMS_LIMIT:
            return text
    room = SMS_LIMIT - len(fill(detail="", **dict.fromkeys(TO_DO, "-")))
    cut = {name: _cut(context.get(name, ""), room if room >= ROOM else 0) for name in TO_DO}
    return _cut(fill(detail="", **cut), SMS_LIMIT)


def _cut(text: str, room: int) -> str:
    """Return the whole words that fit; nothing where there is no room."""
    return textwrap.shorten(text, room, placeholder="...") if room else ""


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
