"""Papers in the officers' site: to look up, never to change."""

from django.contrib import admin

from documents.models import Paper, PaperSignature
from imbportal.admin import ReadOnly, site
from imbportal.daerah import registry


class SignatureInline(ReadOnly, admin.StackedInline):
    model = PaperSignature
    fields = ("act", "title", "name", "at", "voided_at")
    extra = 0


@admin.register(Paper, site=site)
class PaperAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("number", "title", "daerah_name", "status", "issued_at", "sample")
    list_filter = ("daerah", "kind", "status", "sample")
    search_fields = ("number", "title")
    date_hierarchy = "issued_at"
    ordering = ("-created_at",)
    view_on_site = False
    inlines = (SignatureInline,)
    fields = (
        "number",
        "title",
        "daerah_name",
        "status",
        "status_reason",
        "status_at",
        "issued_at",
        "frozen_at",
        "created_at",
        "replaced_by",
        "sample",
        "content_sha256",
        "file_sha256",
        "seal",
        "sealed_sha256",
        "version",
        "kind",
        "case",
    )
    """Not the content, which is another person's data, nor the file, which is served by the case
    page alone."""

    @admin.display(description="daerah", ordering="daerah")
    def daerah_name(self, paper):
        return registry.current(paper.daerah).name if paper.daerah in registry.slugs() else "lain"

    def get_queryset(self, request):
        """Show the papers of the daerah in which the reader holds a posting."""
        papers = super().get_queryset(request)
        if request.user.is_superuser:
            return papers
        from imbportal.context import postings_of

        return papers.filter(daerah__in={posting.daerah for posting in postings_of(request)})

    def has_view_permission(self, request, obj=None):
        from imbportal.context import postings_of

        if request.user.is_superuser:
            return True
        slugs = {posting.daerah for posting in postings_of(request)}
        return bool(slugs) and (obj is None or obj.daerah in slugs)
