"""The addresses of all pages. Those of scripts and records are in modules of their own."""

from django.urls import include, path

from openbalint.web import access
from openbalint.web.views import accounts, groups, invitations, media, meetings, members, room, site

urlpatterns = [
    path("", site.home, name="home"),
    path("healthz", site.healthz, name="healthz"),
    path("robots.txt", site.robots, name="robots"),
    path("favicon.ico", site.favicon, name="favicon"),
    # people
    path("start/", accounts.start, name="start"),
    path("start/<str:code>/", accounts.start_code, name="start_code"),
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign_out"),
    path("reset/", accounts.reset, name="reset"),
    path("reset/<str:code>/", accounts.reset_code, name="reset_code"),
    path("demo/in/<str:code>/", accounts.demo_link, name="demo_link"),
    path("account/", accounts.account, name="account"),
    path("account/sign-in/", accounts.sign_in_details, name="sign_in_details"),
    path("language/", accounts.language, name="language"),
    path("theme/", site.theme, name="theme"),
    # coming in
    path("i/<str:token>/", invitations.link, name="link"),
    path("join/", invitations.join, name="join"),
    # groups
    path("groups/", groups.index, name="groups"),
    path("groups/new/", groups.new, name="group_new"),
    path("groups/<uuid:group_id>/", groups.group, name="group"),
    path("groups/<uuid:group_id>/change/", groups.change, name="group_change"),
    path("groups/<uuid:group_id>/close/", groups.close, name="group_close"),
    path("groups/<uuid:group_id>/co-leader/", groups.add_co_leader, name="group_co_leader"),
    path("groups/<uuid:group_id>/agreement/", members.agreement, name="agreement"),
    path("groups/<uuid:group_id>/leave/", members.leave, name="leave"),
    path("groups/<uuid:group_id>/members/<int:member_id>/", members.member, name="member"),
    path("groups/<uuid:group_id>/members/<int:member_id>/remove/", members.remove, name="member_remove"),
    path("groups/<uuid:group_id>/invitations/", invitations.invite, name="invite"),
    path("groups/<uuid:group_id>/invitations/<uuid:invitation_id>/renew/", invitations.renew, name="renew"),
    path("groups/<uuid:group_id>/invitations/<uuid:invitation_id>/revoke/", invitations.revoke, name="revoke"),
    path("groups/<uuid:group_id>/next/", meetings.next_of_group, name="group_next"),
    path("groups/<uuid:group_id>/plan/", meetings.plan, name="plan"),
    # meetings
    path("meetings/", meetings.index, name="meetings"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/change/", meetings.change, name="meeting_change"),
    path("meetings/<uuid:meeting_id>/call-off/", meetings.call_off, name="call_off"),
    path("meetings/<uuid:meeting_id>/paper", meetings.paper, name="meeting_paper"),
    path("meetings/<uuid:meeting_id>/room", access.agreed(room.room), name="room"),
    path("meetings/<uuid:meeting_id>/ticket", access.agreed(room.room_ticket), name="room_ticket"),
    path("meetings/<uuid:meeting_id>/screen", access.agreed(room.screen), name="screen"),
    path("meetings/<uuid:meeting_id>/screen-ticket", access.agreed(room.screen_ticket), name="screen_ticket"),
    # sound and picture
    path("meetings/<uuid:meeting_id>/media", access.agreed(media.join), name="media"),
    path("meetings/<uuid:meeting_id>/media/test", access.agreed(media.trial), name="media_test"),
    path("media/webhook", media.webhook, name="media_webhook"),
    # what lies in modules of its own
    path("", include("openbalint.web.urls_scripts")),
    path("", include("openbalint.web.urls_records")),
]
