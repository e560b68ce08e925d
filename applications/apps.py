from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = "Permohonan"

    def ready(self):
        from accounts import identity
        from applications import access, pages, quarantine, reminders

        identity.register(access.may_see_identity)
        reminders.register()
        pages.register()
        quarantine.register()
