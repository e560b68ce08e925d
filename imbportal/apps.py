"""The portal itself as an app, and Django's admin with the officers' site in its place."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "imbportal"
    verbose_name = "Portal"


class OfficeAdminConfig(AdminConfig):
    default_site = "imbportal.admin.OfficeSite"
