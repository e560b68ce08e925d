"""The inbox, and the demo's page of all that was sent."""

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import urlencode
from django.views import View
from django.views.generic import ListView

from notifications import inbox
from notifications.models import Message


class InboxView(LoginRequiredMixin, ListView):
    """The reader's own messages, newest first."""

    template_name = "notifications/inbox.html"
    context_object_name = "messages_in"
    paginate_by = 20

    def get_queryset(self):
        return inbox.of(self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(unread=inbox.unread(self.request.user), **kwargs)


class ReadView(LoginRequiredMixin, View):
    """Mark one message read; with ``buka`` go on to the page that it leads to."""

    http_method_names = ["post"]

    def post(self, request, pk):
        own = inbox.of(request.user)
        message = get_object_or_404(own, pk=pk)
        inbox.mark_read(own.filter(pk=pk))
        if "buka" in request.POST and message.url:
            return redirect(message.url)  # outbox.send takes paths of the portal only
        return redirect("notifications:inbox")


class ReadAllView(LoginRequiredMixin, View):
    """Mark every message read."""

    http_method_names = ["post"]

    def post(self, request):
        inbox.mark_read(inbox.of(request.user))
        return redirect("notifications:inbox")


class DemoView(ListView):
    """Every e-mail and SMS of the demo, codes included; there is no such page elsewhere."""

    template_name = "notifications/demo.html"
    context_object_name = "messages_out"
    paginate_by = 25

    def dispatch(self, request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        self.address = self.request.GET.get("alamat", "").strip()
        sent = Message.objects.exclude(channel=Message.Channel.INBOX).order_by("-created_at")
        return sent.filter(address__icontains=_stored(self.address)) if self.address else sent

    def get_context_data(self, **kwargs):
        query = urlencode({"alamat": self.address}) if self.address else ""
        return super().get_context_data(address=self.address, query=query, **kwargs)


def _stored(typed):
    """Return the beginning of a number as it is stored, where somebody typed it as it is shown."""
    digits = typed.replace("-", "").replace(" ", "")
    return f"+62{digits[1:]}" if digits.startswith("0") and digits.isdecimal() else typed
