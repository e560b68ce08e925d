"""The list of messages that never arrived, and the button that lets one go out after all."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from applications import undelivered
from applications.office.queue import nav
from applications.refusals import Barred, Conflict
from applications.views.refusal import refusals_as_pages
from imbportal.indonesia import telepon
from notifications import delivery


@require_safe
def page(request):
    """List what was given up in the last ninety days, newest first."""
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("undelivered", request),
        "title": "Pesan yang gagal terkirim",
        "rows": undelivered.of(request.user),
        "days": delivery.KEPT.days,
    }
    return render(request, "applications/kantor/undelivered.html", context)


@require_POST
@refusals_as_pages
def send_again(request, pk):
    """Let a message go out after all; 409 where it is on its way already."""
    request.back = reverse("admin:undelivered")
    message = undelivered.visible_to(request.user).filter(pk=pk).first()
    if message is None:
        raise Http404
    if not undelivered.may_send(request.user, message.daerah):
        raise Barred("Auditor hanya membaca. Mintalah petugas mengirim pesan ini lagi.")
    address = undelivered.address_now(message)
    if not delivery.send_again(message, address):
        raise Conflict("Pesan ini tidak lagi gagal: sudah terkirim atau sedang dikirim lagi.")
    note = f"Dikirim lagi ke {telepon(address)}"
    LogEntry.objects.log_actions(
        request.user.pk, [message], CHANGE, change_message=note, single_object=True
    )
    messages.success(request, "Pesan masuk antrean dan dikirim lagi dalam satu menit.")
    return redirect("admin:undelivered")
