from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = "Permohonan"

    def ready(self):
        from accounts import identity
        from applications import access, reminders

        identity.may_see_registry.append(access.may_see_identity)
        reminders.register()
