"""The portal's addresses and one more, whose page holds nothing: what any page costs at least."""

from django.http import HttpResponse
from django.urls import path

from imbportal.urls import urlpatterns as portal


def bare(request):
    return HttpResponse(str(request.user.pk))


urlpatterns = [path("kosong/", bare), *portal]
