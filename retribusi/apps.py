from django.apps import AppConfig


class RetribusiConfig(AppConfig):
    name = "retribusi"
    verbose_name = "Retribusi"

    def ready(self):
        from applications import ports
        from retribusi import services

        ports.money = services
