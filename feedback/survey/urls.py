"""Public address of the questionnaire."""

from django.urls import path

from feedback.survey import page

app_name = "survey"
urlpatterns = [path("survei/<slug:token>/", page.answer, name="answer")]
