"""Single sign-on by SAML: loaded only where it is set up, since it needs the extra `alongside[saml]`."""

from allauth.socialaccount.providers.saml import views
from django.urls import path

S = "saml/<slug:organization_slug>/"
urlpatterns = [
    path(S, views.login, name="saml_login"),
    path(S + "metadata/", views.metadata, name="saml_metadata"),
    path(S + "back/", views.acs, name="saml_acs"),
    path(S + "back/finish/", views.finish_acs, name="saml_finish_acs"),
    path(S + "out/", views.sls, name="saml_sls"),
]
