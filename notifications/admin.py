"""Messages and jobs, to look at; nothing but a failed job can be started again."""

from django.contrib import admin

from imbportal.admin import ReadOnly, site
from notifications import jobs, outbox
from notifications.models import Job, Message

HIDDEN = "(tautan pribadi, tidak ditampilkan)"


@admin.register(Message, site=site)
class MessageAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["created_at", "channel", "address", "subject", "sent_at"]
    list_filter = ["channel", "daerah", "template"]
    search_fields = ["address", "subject"]
    date_hierarchy = "created_at"
    fields = [
        "created_at",
        "channel",
        "receiver",
        "address",
        "subject",
        "text",
        "page",
        "secret",
        "sent_at",
        "read_at",
        "provider_ref",
        "template",
        "daerah",
        "case",
        "step",
        "key",
    ]
    readonly_fields = ["text", "page"]

    @admin.display(description="penerima")
    def receiver(self, message):
        return message.user or "belum ada"

    @admin.display(description="isi")
    def text(self, message):
        """Hide one-time codes from officers too, and addresses that open by themselves."""
        if message.url.startswith(outbox.PERSONAL):
            return HIDDEN
        return "(kode, tidak ditampilkan)" if message.secret else message.body

    @admin.display(description="alamat halaman")
    def page(self, message):
        return HIDDEN if message.url.startswith(outbox.PERSONAL) else message.url


@admin.register(Job, site=site)
class JobAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["created_at", "kind", "ref", "status", "attempts", "due_at", "error"]
    list_filter = ["status", "kind"]
    search_fields = ["key", "ref"]
    actions = ["retry"]

    def has_retry_permission(self, request):
        return request.user.has_perm("notifications.change_job")

    @admin.action(description="Coba lagi pekerjaan yang gagal", permissions=["retry"])
    def retry(self, request, queryset):
        count = jobs.again(queryset)
        self.message_user(request, f"{count} pekerjaan dicoba lagi.")
