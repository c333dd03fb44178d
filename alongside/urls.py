from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("alongside.web.urls")),
    path("account/", include("allauth.urls")),
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
