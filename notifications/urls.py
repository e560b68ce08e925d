from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("pesan/", views.InboxView.as_view(), name="inbox"),
    path("pesan/baca/", views.ReadAllView.as_view(), name="read_all"),
    path("pesan/<uuid:pk>/baca/", views.ReadView.as_view(), name="read"),
    path("demo/pesan/", views.DemoView.as_view(), name="demo"),
]
