from django.urls import path

from accounts.web import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("settings/", views.change_settings, name="settings"),
    path("enterprise/", views.register_enterprise, name="enterprise"),
    path("enterprise/<str:tax_code>/members/", views.add_member, name="add_member"),
    path("members/<int:membership_id>/remove/", views.remove_member, name="remove_member"),
    path("tokens/", views.issue_token, name="issue_token"),
    path("tokens/<int:token_id>/revoke/", views.revoke_token, name="revoke_token"),
]
