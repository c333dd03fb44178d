from allauth.account.views import confirm_login_code, logout, request_login_code
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from alongside.accounts.second_factor import without_second_factor
from alongside.accounts.views import remove_passkey, sign_in, signing_in

# Of allauth's addresses only these are offered: people sign in by a code, and nobody signs up. The names
# are those to which allauth itself leads.
signing_in_paths = [
    path("sign-in/", request_login_code, name="account_request_login_code"),
    path("sign-in/code/", confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/again/", sign_in, name="account_login"),
    path("sign-out/", logout, name="account_logout"),
    path("sign-in/second/", second_step.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/with/<slug:provider_id>/", openid_connect.login, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", openid_connect.callback, name="openid_connect_callback"),
]
OWN = "account/signing-in/"
second_steps = [
    path(OWN, signing_in, name="mfa_index"),
    path(f"{OWN}confirm/", without_second_factor(second_step.reauthenticate), name="mfa_reauthenticate"),
    path(
        f"{OWN}confirm/passkey/",
        without_second_factor(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(f"{OWN}app/", without_second_factor(app.activate_totp), name="mfa_activate_totp"),
    path(f"{OWN}app/remove/", without_second_factor(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{OWN}passkeys/", signing_in, name="mfa_list_webauthn"),
    path(f"{OWN}passkeys/add/", without_second_factor(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(f"{OWN}passkeys/<int:pk>/remove/", remove_passkey, name="mfa_remove_webauthn"),
    path(
        f"{OWN}recovery-codes/",
        without_second_factor(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        f"{OWN}recovery-codes/new/",
        without_second_factor(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("alongside.web.urls")),
    *signing_in_paths,
    *second_steps,
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

if "saml" in settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns.append(path("sign-in/", include("alongside.accounts.saml_urls")))

handler400 = "alongside.web.views.not_understood"
handler403 = "alongside.web.views.not_here"
handler404 = "alongside.web.views.not_here"
handler429 = "alongside.web.views.too_often"
handler500 = "alongside.web.views.broken"
