"""The addresses of scripts."""

from django.urls import path

from openbalint.web.views import scripts

urlpatterns = [
    path("scripts/", scripts.index, name="scripts"),
    path("scripts/<uuid:script_id>/", scripts.script, name="script"),
    path("scripts/<uuid:script_id>/paper", scripts.paper, name="script_paper"),
    path("scripts/<uuid:script_id>/copy", scripts.copy, name="script_copy"),
    path("scripts/<uuid:script_id>/revert", scripts.revert, name="script_revert"),
    path("scripts/<uuid:script_id>/delete", scripts.delete, name="script_delete"),
]
