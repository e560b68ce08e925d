from django.apps import AppConfig


class RetribusiConfig(AppConfig):
    name = "retribusi"
    verbose_name = "Retribusi"

    def ready(self):
        from applications import ports
        from imbportal import uploads
        from notifications import periodic
        from retribusi import quarantine, services

        ports.money = services
        periodic.register("pindai_bukti", uploads.EVERY, quarantine.release)
