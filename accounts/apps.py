from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Akun dan penempatan"

    def ready(self):
        from accounts import quarantine
        from imbportal import uploads
        from notifications import periodic

        periodic.register("pindai_identitas", uploads.EVERY, quarantine.release)
