"""The sentences of an office in the officers' site: its admin retires them, officers add them."""

from django.contrib import admin

from accounts import office
from applications.models import Phrase
from imbportal.admin import site
from imbportal.daerah import registry


@admin.register(Phrase, site=site)
class PhraseAdmin(admin.ModelAdmin):
    list_display = ("text", "document", "in_use", "by", "created_at")
    list_filter = ("in_use",)
    list_select_related = ("by",)
    search_fields = ("text",)
    fields = ("text", "document", "by", "created_at", "in_use")
    readonly_fields = ("text", "document", "by", "created_at")
    view_on_site = False

    @admin.display(description="dokumen")
    def document(self, phrase):
        rules = registry.current(phrase.daerah)
        labels = {item.code: item.label for item in rules.requirement}
        return labels.get(phrase.requirement, phrase.requirement) or "semua dokumen"

    def get_queryset(self, request):
        mine = office.administered(request.user)
        return super().get_queryset(request).filter(daerah__in=mine)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        mine = office.administered(request.user)
        return bool(mine) and (obj is None or obj.daerah in mine)

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
