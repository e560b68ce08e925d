from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Pengaduan dan survei"

    def ready(self):
        from feedback.complaints import setup
        from feedback.survey import setup as survey

        setup.register()
        survey.register()
