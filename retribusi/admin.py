"""Read-only lists for the office; nobody types a fee, a bill or a payment."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html

from imbportal.admin import ReadOnly, site
from imbportal.indonesia import angka
from retribusi import sheets
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

    @admin.display(description="jumlah (Rp)", ordering="total")
    def total_grouped(self, row):
        return angka(row.total)

    @admin.display(description="jumlah (Rp)", ordering="amount")
    def amount_grouped(self, row):
        return angka(row.amount)

    @admin.display(description="perhitungan")
    def lines(self, row):
        """Show the stored calculation as the bill's annex prints it."""
        result = row.snapshot["result"] if isinstance(row, Skrd) else row.result
        section = sheets.annex(result)
        table = {"table": section.table, "title": section.title}
        return format_html(
            '<div class="portal portal--part">{}</div>',
            render_to_string("applications/kantor/table.html", table),
        )

    def has_module_permission(self, request):
        return site.has_permission(request)

    def has_view_permission(self, request, obj=None):
        return site.has_permission(request)


@admin.register(Assessment, site=site)
class AssessmentAdmin(ReadOnlyAdmin):
    list_display = ["application", "total_grouped", "tariff", "sample", "by", "at"]
    fields = ["application", "total_grouped", "tariff", "sample", "by", "at", "lines"]
    list_filter = ["sample"]


@admin.register(Skrd, site=site)
class SkrdAdmin(ReadOnlyAdmin):
    ordering = ["-pk"]
    list_display = [
        "number",
        "application",
        "amount_grouped",
        "issued_at",
        "due_date",
        "settled_at",
    ]
    fields = [
        "number",
        "application",
        "amount_grouped",
        "paper",
        "issued_at",
        "due_date",
        "payment_code",
        "settled_at",
        "voided_at",
        "void_reason",
        "lines",
    ]
    search_fields = ["number", "payment_code"]


@admin.register(Payment, site=site)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = [
        "skrd",
        "application",
        "amount_grouped",
        "paid_on",
        "confirmed_by",
        "confirmed_at",
    ]
    fields = [
        "skrd",
        "application",
        "amount_grouped",
        "proof",
        "paid_on",
        "confirmed_by",
        "confirmed_at",
    ]
    search_fields = ["skrd__number"]
