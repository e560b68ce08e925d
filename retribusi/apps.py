from django.apps import AppConfig


class RetribusiConfig(AppConfig):
    name = "retribusi"
    verbose_name = "Retribusi"

    def ready(self):
        from applications import ports
        from applications.office import rooms
        from imbportal import uploads
        from notifications import periodic
        from retribusi import paying_office, quarantine, services

        ports.money = services
        rooms.register("Pembayaran", "payments", paying_office.urls, paying_office.takes)
        periodic.register("pindai_bukti", uploads.EVERY, quarantine.release)
