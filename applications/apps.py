from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = "Permohonan"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from accounts import identity
        from applications import (  # noqa: F401  checks registers the system check
            access,
            card_verdicts,
            checks,
            draft_pages,
            estimated_days,
            lateness,
            originals,
            pages,
            persons,
            quarantine,
            recounting,
            register_file,
            reminders,
        )
        from applications.casefile import orders
        from applications.chains import case_events, digests, kinds
        from applications.office import digests as digests_desk
        from applications.office import emblems as emblems_desk
        from applications.office import rooms
        from applications.sanctions import setup as sanctions
        from applications.views import kept

        identity.register(access.may_see_identity)
        identity.keep_nik(persons.keep)
        identity.when_renewed(card_verdicts.renewed)
        reminders.register()
        lateness.register()
        estimated_days.register()
        originals.register()
        pages.register()
        draft_pages.register()
        quarantine.register()
        recounting.register()
        user_logged_in.connect(kept.forget_of_others, dispatch_uid="isian_tertunda")
        register_file.setup()
        sanctions.register()
        kinds.register(case_events.KIND)
        digests.setup()
        orders.setup()
        rooms.register("Ikhtisar rantai", "digests", digests_desk.urls, rooms.nobody)
        rooms.register(
            "Lambang daerah", "emblems", emblems_desk.urls,
            lambda request: bool(emblems_desk.administered(request)), group=rooms.DATA,
        )  # fmt: skip
