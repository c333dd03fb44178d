from django.urls import path

from alongside.web import views

app_name = "web"
urlpatterns = [
    path("patterns/", views.patterns, name="patterns"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("scheme/", views.choose_scheme, name="choose-scheme"),
    path("healthz", views.healthz, name="healthz"),
]
