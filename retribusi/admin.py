"""Read-only lists for the office; nobody types a fee, a bill or a payment."""

from django.contrib import admin

from imbportal.admin import ReadOnly, site
from retribusi.models import Assessment, Payment, Skrd


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    """Shows rows of the reader's own daerah to those who hold a posting there."""

    def get_queryset(self, request):
        from imbportal.context import postings_of

        rows = super().get_queryset(request).select_related("application")
        if request.user.is_superuser:
            return rows
        slugs = {posting.daerah for posting in postings_of(request)}
        return rows.filter(application__daerah__in=slugs)

    def has_module_permission(self, request):
        return site.has_permission(request)

    def has_view_permission(self, request, obj=None):
        return site.has_permission(request)


@admin.register(Assessment, site=site)
class AssessmentAdmin(ReadOnlyAdmin):
    list_display = ["application", "total", "tariff", "sample", "by", "at"]
    list_filter = ["sample"]


@admin.register(Skrd, site=site)
class SkrdAdmin(ReadOnlyAdmin):
    ordering = ["-pk"]
    list_display = ["number", "application", "amount", "issued_at", "due_date", "settled_at"]
    search_fields = ["number", "payment_code"]


@admin.register(Payment, site=site)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ["skrd", "application", "amount", "paid_on", "confirmed_by", "confirmed_at"]
    search_fields = ["skrd__number"]
