from django.apps import AppConfig


class RetribusiConfig(AppConfig):
    name = "retribusi"
    verbose_name = "Retribusi"

    def ready(self):
        from applications import ports
        from applications.office import rooms
        from documents import further
        from imbportal import standard_parts, uploads
        from notifications import periodic
        from retribusi import (
            bill_setup,
            casefile,
            paying_office,
            quarantine,
            relief_desk,
            reliefs,
            services,
        )
        from retribusi.arrears import setup as arrears
        from retribusi.cash import setup as cash
        from retribusi.corrections import objection_desk, published, refund_desk
        from retribusi.public import offers
        from retribusi.statements import setup as statements
        from retribusi.trial import setup as trial

        ports.money = services
        further.register(offers.link)
        rooms.register(
            "Pembayaran", "payments", paying_office.urls, paying_office.takes, group=rooms.MONEY
        )
        standard_parts.register("biaya", "publik/reliefs.html", reliefs.published)
        rooms.register(
            "Keringanan", "reliefs", relief_desk.urls, relief_desk.grants, group=rooms.MONEY
        )
        bill_setup.register()
        statements.register()
        arrears.register()
        rooms.register(
            "Keberatan", "objections", objection_desk.urls, objection_desk.takes, group=rooms.MONEY
        )
        rooms.register(
            "Pengembalian", "refunds", refund_desk.urls, refund_desk.reads, group=rooms.MONEY
        )
        standard_parts.register("biaya", "publik/corrections.html", published.of)
        periodic.register("pindai_bukti", uploads.EVERY, quarantine.release)
        cash.register()
        trial.register()
        casefile.register()
