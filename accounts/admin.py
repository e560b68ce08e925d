"""Accounts in the officers' site: officers, their postings, and what may only be looked at."""

from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path

from accounts import office, postings
from accounts.models import Identity, IdentityView, Mandate, Posting, User
from accounts.office_forms import EndPostingForm, NumberForm, OfficerForm, PostingForm
from imbportal.admin import ReadOnly, site
from imbportal.daerah import registry
from imbportal.indonesia import telepon


class OfAdmins(admin.ModelAdmin):
    """Open to who administers a daerah; nothing is ever deleted."""

    def has_module_permission(self, request):
        return bool(office.administered(request.user))

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User, site=site)
class UserAdmin(OfAdmins):
    form = OfficerForm
    list_display = ["name", "email", "number", "nip", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["name", "email", "nip"]
    ordering = ["name", "pk"]
    actions = None
    change_list_template = "accounts/admin_users.html"

    def get_queryset(self, request):
        return office.officers(request.user).order_by(*self.ordering)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return self.has_module_permission(request)
        return office.may_change(request.user, obj)

    def get_fields(self, request, obj=None):
        return ["name", "email", "nip"] + (["number", "is_active", "last_login"] if obj else [])

    def get_readonly_fields(self, request, obj=None):
        return ["email", "number", "last_login"] if obj else []

    @admin.display(description="nomor HP", ordering="phone")
    def number(self, user):
        return telepon(user.phone or "")

    def save_model(self, request, obj, form, change):
        """A new officer gets no password: he makes his own by code."""
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            office.invite(obj)

    def get_urls(self):
        view = self.admin_site.admin_view(self.number_view)
        return [path("ganti-nomor/", view, name="accounts_user_number"), *super().get_urls()]

    def number_view(self, request):
        """Change a lost number at the counter; written to the log with its grounds."""
        if not self.has_module_permission(request):
            raise PermissionDenied
        form = NumberForm(request.POST or None, actor=request.user)
        if request.method == "POST" and form.is_valid():
            user, reason = form.cleaned_data["login"], form.cleaned_data["reason"]
            office.change_number(user, form.cleaned_data["phone"])
            LogEntry.objects.log_actions(
                request.user.pk, [user], CHANGE, f"Ganti nomor HP. {reason}", single_object=True
            )
            self.message_user(request, f"Nomor HP {user} sudah diganti dan menunggu konfirmasi.")
            return redirect("admin:accounts_user_changelist")
        context = {**self.admin_site.each_context(request), "form": form, "title": "Ganti nomor HP"}
        return render(request, "accounts/admin_number.html", context)


class RoleFilter(admin.SimpleListFilter):
    """The roles by their titles; a code that several files know has the title of each."""

    title = "peran"
    parameter_name = "role__exact"

    def lookups(self, request, model_admin):
        held = model_admin.get_queryset(request).order_by().values_list("role", "daerah").distinct()
        titles: dict[str, dict[str, None]] = {}
        for role, slug in sorted(held):
            title = postings.role_title(role, registry.current(slug))
            titles.setdefault(role, {})[title] = None
        return [(role, " / ".join(named)) for role, named in titles.items()]

    def queryset(self, request, queryset):
        return queryset.filter(role=self.value()) if self.value() else queryset


@admin.register(Posting, site=site)
class PostingAdmin(OfAdmins):
    form = PostingForm
    list_display = ["officer", "title", "unit_name", "kind", "valid_from", "valid_until"]
    list_filter = ["kind", RoleFilter]
    search_fields = ["user__name", "user__email", "role"]
    ordering = ["daerah", "role", "-valid_from"]
    list_select_related = ["user"]
    actions = None

    def get_queryset(self, request):
        mine = office.administered(request.user)
        return super().get_queryset(request).filter(daerah__in=mine)

    @admin.display(description="petugas", ordering="user__name")
    def officer(self, posting):
        return posting.user.name

    @admin.display(description="peran", ordering="role")
    def title(self, posting):
        return postings.role_title(posting.role, registry.current(posting.daerah), posting.unit)

    @admin.display(description="unit", ordering="unit")
    def unit_name(self, posting):
        unit = registry.current(posting.daerah).unit.get(posting.unit)
        return unit.title if unit else "tidak perlu"

    @admin.display(description="daerah", ordering="daerah")
    def daerah_name(self, posting):
        return registry.current(posting.daerah).name

    def has_change_permission(self, request, obj=None):
        """Nobody changes a posting of his own."""
        return self.has_module_permission(request) and (
            obj is None or obj.user_id != request.user.pk
        )

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj:
            kwargs["form"] = EndPostingForm
            return super().get_form(request, obj, change, **kwargs)
        form = super().get_form(request, obj, change, **kwargs)
        form.actor = request.user
        return form

    def get_fields(self, request, obj=None):
        if not obj:
            return PostingForm.field_order
        return [
            "user",
            "daerah_name",
            "title",
            "unit_name",
            "kind",
            "for_posting",
            "valid_from",
            "valid_until",
        ]

    def get_readonly_fields(self, request, obj=None):
        """A posting once given is only ever ended: what it was stays on record."""
        return self.get_fields(request, obj)[:-1] if obj else []


@admin.register(Identity, site=site)
class IdentityAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "kind", "nik_masked", "checked_at"]
    list_filter = ["kind"]
    search_fields = ["name"]
    ordering = ["name", "pk"]
    fields = [
        "kind",
        "name",
        "nik_masked",
        "address",
        "nib",
        "npwp",
        "in_charge",
        "position",
        "checked_at",
        "updated_at",
    ]


@admin.register(Mandate, site=site)
class MandateAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["agent", "owner", "valid_from", "valid_until", "ended_at"]
    list_select_related = ["agent", "owner"]
    fields = ["agent", "owner", "valid_from", "valid_until", "ended_at"]


@admin.register(IdentityView, site=site)
class IdentityViewAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "user", "what", "identity", "case"]
    list_filter = ["what"]
    list_select_related = ["user", "identity"]
    date_hierarchy = "at"
