from django.urls import path

from alongside.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("studies/", views.studies, name="studies"),
    path("studies/new/", views.found_study, name="found-study"),
    path("account/", views.account, name="account"),
    path("account/who/", views.who, name="who"),
    path("account/devices/<int:device>/end/", views.end_device, name="end-device"),
    path("account/everywhere/", views.sign_out_everywhere, name="sign-out-everywhere"),
    path("s/<slug:study>/", views.study, name="study"),
    path("s/<slug:study>/members/", views.members, name="members"),
    path(
        "s/<slug:study>/members/invited/<int:invited>/resend/",
        views.resend_invitation,
        name="resend-invitation",
    ),
    path(
        "s/<slug:study>/members/invited/<int:invited>/revoke/",
        views.revoke_invitation,
        name="revoke-invitation",
    ),
    path("s/<slug:study>/members/<int:membership>/take/", views.take_role, name="take-role"),
]
