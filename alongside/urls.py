from allauth.account.views import confirm_login_code, logout, request_login_code
from django.urls import URLPattern, URLResolver, include, path

from alongside.accounts.views import sign_in

# Of allauth's addresses only these are offered: people sign in by a code, and nobody signs up.
signing_in = [
    path("sign-in/", request_login_code, name="account_request_login_code"),
    path("sign-in/code/", confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/again/", sign_in, name="account_login"),
    path("sign-out/", logout, name="account_logout"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("alongside.web.urls")),
    *signing_in,
    path("", include("alongside.accounts.urls")),
    path("", include("alongside.people.urls")),
    path("", include("alongside.training.urls")),
    path("", include("alongside.followup.urls")),
    path("", include("alongside.interviews.urls")),
    path("", include("alongside.analysis.urls")),
    path("", include("alongside.reporting.urls")),
    path("", include("alongside.exchange.urls")),
    path("", include("alongside.stewardship.urls")),
    path("", include("alongside.demo.urls")),
]

handler400 = "alongside.web.views.not_understood"
handler403 = "alongside.web.views.not_here"
handler404 = "alongside.web.views.not_here"
handler429 = "alongside.web.views.too_often"
handler500 = "alongside.web.views.broken"
