"""Where the check of a bill is offered: on the bill itself, and on the check page of its paper."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from documents.further import Link
from documents.models import Paper
from retribusi.models import Skrd

NOTE = "Periksa hitungan ini di {page} dengan nomor dan jumlah di atas."


def note() -> str:
    """Return the line that a bill prints."""
    return NOTE.format(page=settings.SITE_URL.split("//")[-1] + reverse("bill_check:ask"))


def link(paper: Paper) -> Link | None:
    """Return the way from the check page of a paper to the check of its bill."""
    if not Skrd.objects.filter(paper=paper).exists():
        return None
    return Link(reverse("bill_check:paper", args=[paper.token]), "Hitung ulang retribusinya")
