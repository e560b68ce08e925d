"""The portal itself as an app, and Django's admin with the officers' site in its place."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "imbportal"
    verbose_name = "Portal"

    def ready(self):
        from imbportal import checks  # noqa: F401 - registers the system checks


class OfficeAdminConfig(AdminConfig):
    default_site = "imbportal.admin.OfficeSite"
