"""Papers in the officers' site: to look up, never to change."""

from django.contrib import admin

from documents.models import Paper, PaperSignature
from imbportal.admin import ReadOnly, site


class SignatureInline(ReadOnly, admin.StackedInline):
    model = PaperSignature
    fields = ("act", "title", "name", "at", "voided_at")
    extra = 0


@admin.register(Paper, site=site)
class PaperAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("number", "title", "daerah", "status", "issued_at", "sample")
    list_filter = ("daerah", "kind", "status", "sample")
    search_fields = ("number", "title")
    date_hierarchy = "issued_at"
    ordering = ("-created_at",)
    view_on_site = False
    inlines = (SignatureInline,)
    exclude = ("token", "file", "content")
    """The content is another person's data and the file is served by the case page alone."""

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
