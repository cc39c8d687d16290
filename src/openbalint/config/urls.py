"""The addresses of the site. Pages are in `web`; the live part answers on /ws/ before Django is asked."""

from django.urls import include, path

urlpatterns = [path("", include("openbalint.web.urls"))]

handler400 = "openbalint.web.views.site.refused"
handler403 = "openbalint.web.views.site.not_found"  # strangers are told "not found", never "forbidden"
handler404 = "openbalint.web.views.site.not_found"
handler500 = "openbalint.web.views.site.broken"
