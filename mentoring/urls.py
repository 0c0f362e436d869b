"""Addresses under /mentoring/."""

from django.urls import path

from mentoring.views import meetings, pairings, proposals

app_name = "mentoring"
urlpatterns = [
    path("", pairings.index, name="index"),
    path("new/", proposals.choose_mentee, name="new"),
    path("new/<int:mentee_id>/", proposals.choose_mentor, name="choose_mentor"),
    path("new/<int:mentee_id>/<int:mentor_id>/", proposals.propose, name="propose"),
    path("<uuid:pairing_id>/", pairings.detail, name="detail"),
    path("<uuid:pairing_id>/answer/", pairings.answer, name="answer"),
    path("<uuid:pairing_id>/extend/", pairings.extend, name="extend"),
    path("<uuid:pairing_id>/end/", pairings.end, name="end"),
    path("<uuid:pairing_id>/meetings/new/", meetings.log, name="log"),
    path("<uuid:pairing_id>/notes/", meetings.notes, name="notes"),
    path("meetings/<uuid:meeting_id>/change/", meetings.change, name="change_meeting"),
    path("meetings/<uuid:meeting_id>/remove/", meetings.remove, name="remove_meeting"),
    path("meetings/<uuid:meeting_id>/note/", meetings.note, name="note"),
]
