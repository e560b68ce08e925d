"""The portal itself as an app, and Django's admin with the officers' site in its place."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "imbportal"
    verbose_name = "Portal"

    def ready(self):
        from django.conf import settings

        from imbportal import checks, wording  # noqa: F401 - checks registers the system checks

        wording.apply()
        settings.FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


class OfficeAdminConfig(AdminConfig):
    default_site = "imbportal.admin.OfficeSite"
