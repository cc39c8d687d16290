"""The addresses of what stays of a meeting."""

from django.urls import path

from openbalint.web.views import records

urlpatterns = [
    path("meetings/<uuid:meeting_id>/record/", records.record, name="record"),
    path("meetings/<uuid:meeting_id>/record.csv", records.as_csv, name="record_csv"),
    path("meetings/<uuid:meeting_id>/record.json", records.as_json, name="record_json"),
    path("meetings/<uuid:meeting_id>/record/condense/", records.condense, name="record_condense"),
    path("meetings/<uuid:meeting_id>/mine/", records.own_meeting, name="own_meeting"),
]
