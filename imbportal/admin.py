"""The officers' site: Django's AdminSite behind the one door of the portal."""

from importlib import import_module
from importlib.util import find_spec

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models.base import ModelBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from imbportal.context import in_office

DESK = "applications.office"
"""Module whose ``urls(site)`` gives the queue and case pages; they come before Django's own."""

LEFT_OUT = {"auth.group", "account.emailaddress", "mfa.authenticator"}
"""Models of libraries that no administrator edits: powers and ways into other people's accounts."""


CLOSED = {"view_on_site", "password_change_done"}
"""Django's pages that are left out: the first one leads to any object, whoever may see it."""


class OfficeSite(AdminSite):
    site_header = "Meja kerja"
    site_title = "Meja kerja"
    index_title = "Data induk"
    enable_nav_sidebar = False
    empty_value_display = "belum ada"

    def register(self, model_or_iterable, admin_class=None, **options):
        one = isinstance(model_or_iterable, ModelBase)
        models = [model_or_iterable] if one else model_or_iterable
        shown = [model for model in models if model._meta.label_lower not in LEFT_OUT]
        super().register(shown, admin_class, **options)

    def has_permission(self, request):
        return in_office(request)

    def login(self, request, extra_context=None):
        """Send to the portal's one login; who is logged in already has no place here (403)."""
        if request.user.is_authenticated:
            raise PermissionDenied
        query = urlencode({"next": request.GET.get("next") or request.path})
        return redirect_to("account_login", query)

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        """Send to the account's own page: its limits and notices hold for officers too."""
        return redirect("account_change_password")

    def admin_view(self, view, cacheable=False):
        """Answer 405 to methods of which no page of the site knows anything."""
        return super().admin_view(require_http_methods(["GET", "HEAD", "POST"])(view), cacheable)

    def each_context(self, request):
        """Give Django's own pages the desk's menu; the desk's views set theirs over it."""
        menu = import_module(f"{DESK}.queue").nav("data", request) if find_spec(DESK) else []
        return {**super().each_context(request), "desk_nav": menu}

    def index(self, request, extra_context=None):
        """Show the master data, with the rooms of the desk that belong to them."""
        rooms = import_module(f"{DESK}.rooms").of_data(request) if find_spec(DESK) else []
        links = [(room.label, reverse(f"admin:{room.name}")) for room in rooms]
        return super().index(request, {**(extra_context or {}), "rooms": links})

    def get_urls(self):
        desk = import_module(DESK).urls(self) if find_spec(DESK) else []
        own = [url for url in super().get_urls() if getattr(url, "name", "") not in CLOSED]
        return [*desk, *own]


class ReadOnly:
    """Rows that the portal alone writes: looked at, never changed, not even by a superuser."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def redirect_to(name, query):
    """Return a redirect to the page of this name with a query string."""
    response = redirect(name)
    response["Location"] += f"?{query}"
    return response


site = admin.site
"""The one OfficeSite; still lazy here, so that importing this module asks for nothing."""
