from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Pesan dan pekerjaan"

    def ready(self):
        from imbportal import stored_files
        from notifications import delivery, jobs, periodic

        jobs.register(
            delivery.KIND, delivery.deliver, failed=delivery.tell_undelivered, urgent=True
        )
        jobs.register(periodic.KIND, periodic.perform, tries=3)
        periodic.register("sapu_berkas", stored_files.EVERY, stored_files.sweep)
        periodic.register("rapikan_pekerjaan", periodic.DAY, periodic.tidy)
