from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = "Permohonan"

    def ready(self):
        from accounts import identity
        from applications import access, pages, persons, quarantine, reminders

        identity.register(access.may_see_identity)
        identity.keep_nik(persons.keep)
        reminders.register()
        pages.register()
        quarantine.register()
