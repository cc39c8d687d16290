"""The addresses of the site. Pages are in `web`; the live part answers on /ws/ before Django is asked."""

from django.urls import include, path

urlpatterns = [path("", include("openbalint.web.urls"))]
