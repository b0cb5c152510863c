from django.urls import path

from accounts.web import membership, views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("settings/", views.change_settings, name="settings"),
    path("requests/", membership.ask, name="ask"),
    path("requests/<int:pk>/withdraw/", membership.withdraw_request, name="withdraw_request"),
    path("enterprises/<int:enterprise_id>/invite/", membership.invite, name="invite"),
    path("invitations/<int:pk>/withdraw/", membership.withdraw_invitation, name="withdraw_invitation"),
    path("invitations/<int:pk>/decline/", membership.decline_invitation, name="decline_invitation"),
    path("members/<int:membership_id>/remove/", membership.remove_member, name="remove_member"),
    path("tokens/", views.issue_token, name="issue_token"),
    path("tokens/<int:token_id>/revoke/", views.revoke_token, name="revoke_token"),
]
