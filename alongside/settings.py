"""One settings file, read from the environment; without any it serves one machine from SQLite.

docs/reference/settings.md names every variable.
"""

import os
import sqlite3
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from alongside.vault.keys import text_key

env = environ.Env()

ALONGSIDE_DATA = Path(env.str("ALONGSIDE_DATA", default="")).expanduser().resolve()
if not env.str("ALONGSIDE_DATA", default=""):
    ALONGSIDE_DATA = Path(env.str("XDG_DATA_HOME", default="~/.local/share")).expanduser() / "alongside"
# The keys that join people to their codes, one a study: a folder that can lie on another disk.
ALONGSIDE_IDENTITY = Path(env.str("ALONGSIDE_IDENTITY", default="") or ALONGSIDE_DATA / "keys" / "identity")
# The test suite trades durability for speed; nothing else may.
TESTING = env.bool("ALONGSIDE_TESTING", default=False)

SECRET_KEY = env.str("SECRET_KEY", default="") or text_key(ALONGSIDE_DATA, "session")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# One-click sign-in links exist only while the demonstration is served.
DEMONSTRATION = env.bool("ALONGSIDE_DEMONSTRATION", default=False)
# Whom to ask about this installation, in words: shown on Help, Accessibility and Privacy.
CONTACT = env.str("ALONGSIDE_CONTACT", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "template_partials",
    "django.forms",
    "alongside.web",
    "alongside.audit",
    "alongside.accounts",
    "alongside.people",
    "alongside.training",
    "alongside.followup",
    "alongside.interviews",
    "alongside.analysis",
    "alongside.reporting",
    "alongside.exchange",
    "alongside.stewardship",
    "alongside.demo",
    # After the rooms, so that our templates come before its own.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.web.middleware.FewAtOnce",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "alongside.accounts.middleware.Devices",
    "alongside.accounts.middleware.SecondFactor",
    "alongside.web.middleware.PrivatePages",
    "alongside.web.middleware.PlainAddresses",
    "alongside.people.middleware.LostKey",
    "alongside.exchange.middleware.OldTables",
]

ROOT_URLCONF = "alongside.urls"
WSGI_APPLICATION = "alongside.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alongside.web.context.frame",
            ],
        },
    }
]


def has_wal_reset_fix(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite can't lose a commit when the write-ahead log restarts (fixed in 3.51.3)."""
    if version >= (3, 51, 3):
        return True
    return (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def sqlite(path: Path, *, testing: bool = False) -> dict[str, object]:
    journal = "WAL" if has_wal_reset_fix(sqlite3.sqlite_version_info) else "TRUNCATE"  # type: ignore[arg-type]
    synchronous = "OFF" if testing else "FULL"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "TEST": {"NAME": path.with_name("test.sqlite3")},
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous={synchronous};"
            " PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;",
        },
    }


if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": {**env.db_url("DATABASE_URL"), "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}}
else:
    ALONGSIDE_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    DATABASES = {
        "default": {**sqlite(ALONGSIDE_DATA / "alongside.sqlite3", testing=TESTING), "CONN_MAX_AGE": 60}
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Signing in: by a code sent by e-mail. Nobody signs up; people are invited to a study.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "accounts:home"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "alongside.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key"}
# Counts of attempts hold for every process that serves, so they lie in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_counted",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ACCOUNT_FORMS = {
    "request_login_code": "alongside.accounts.forms.AskForCode",
    "confirm_login_code": "alongside.accounts.forms.GiveCode",
}
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# The second step: a passkey, or a code from an authenticator app; recovery codes for when both are lost.
MFA_ADAPTER = "alongside.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Alongside"
# A clock may be half a minute out.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "alongside.accounts.forms.GiveSecondCode",
    "reauthenticate": "alongside.accounts.forms.ConfirmWithCode",
    "activate_totp": "alongside.accounts.forms.SetUpApp",
    "add_webauthn": "alongside.accounts.forms.AddPasskey",
}
# What leaves is confirmed by the second step once more, if that was longer ago than this.
STEP_UP_SECONDS = 60 * env.int("ALONGSIDE_STEP_UP_MINUTES", default=10)
ACCOUNT_REAUTHENTICATION_TIMEOUT = STEP_UP_SECONDS

# Single sign-on: whoever was let in, by the address that the provider has verified. Nobody else, and no
# account is made by it.
SOCIALACCOUNT_ADAPTER = "alongside.accounts.adapter.SingleSignOn"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, list[dict[str, object]]]] = {}
if OIDC_ISSUER := env.str("ALONGSIDE_OIDC_ISSUER", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("ALONGSIDE_OIDC_NAME", default=""),
                "client_id": env.str("ALONGSIDE_OIDC_CLIENT_ID"),
                "secret": env.str("ALONGSIDE_OIDC_SECRET", default=""),
                "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
            }
        ]
    }
if SAML_METADATA := env.str("ALONGSIDE_SAML_METADATA", default=""):
    INSTALLED_APPS.append("allauth.socialaccount.providers.saml")
    SOCIALACCOUNT_PROVIDERS["saml"] = {
        "APPS": [
            {
                "provider_id": SAML_METADATA,
                "client_id": "saml",
                "name": env.str("ALONGSIDE_SAML_NAME", default=""),
                # What its directory says of an address is taken as verified: it has no way to say more.
                "settings": {
                    "verified_email": True,
                    "idp": {"metadata_url": SAML_METADATA, "entity_id": None},
                },
            }
        ]
    }
# Only where the provider itself insists on a second step may signing in there stand for ours.
SSO_SECOND_FACTOR = env.bool("ALONGSIDE_SSO_SECOND_FACTOR", default=False)

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Alongside <alongside@localhost>")

# The site's own address, as people type it: for links in letters that no request asked for.
ALONGSIDE_ADDRESS = env.str("ALONGSIDE_ADDRESS", default="")
# The class that sends text messages; see alongside.accounts.texting. Without one, people are rung.
ALONGSIDE_SMS = env.str("ALONGSIDE_SMS", default="")

# Sent only over TLS when the deployer says that TLS is there; 127.0.0.1 has none.
BEHIND_TLS = env.bool("ALONGSIDE_TLS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "alongside.web.views.form_too_old"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/London")
FORMAT_MODULE_PATH = ["alongside.web.formats"]

STATIC_URL = "static/"
STATIC_ROOT = ALONGSIDE_DATA / "static"
STATIC_ROOT.mkdir(mode=0o700, parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
# Files are looked up when asked for: every test's client would else list them all before its first request.
WHITENOISE_AUTOREFRESH = TESTING
# `alongside` collects the static files before it serves; only then do they have names by content.
STATIC_COLLECTED = env.bool("ALONGSIDE_STATIC_COLLECTED", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "alongside.web.storage.Collected"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

FILE_UPLOAD_MAX_MEMORY_SIZE = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FORM_RENDERER = "alongside.web.rendering.Renderer"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}

# How long someone may look who a participant is, once a second member agreed to it.
IDENTITY_OPEN_MINUTES = env.int("ALONGSIDE_IDENTITY_MINUTES", default=60)

# Machine help, for a study that switches it on: hosts beside this machine that may be asked, how long an
# answer may take, and the folder of a model that likens passages.
ALONGSIDE_MODEL_HOSTS = env.list("ALONGSIDE_MODEL_HOSTS", default=[])
ALONGSIDE_MODEL_SECONDS = env.int("ALONGSIDE_MODEL_SECONDS", default=120)
ALONGSIDE_EMBEDDINGS = env.str("ALONGSIDE_EMBEDDINGS", default="")

# What leaves a study's team never shows a count below the first, nor attributes words to a group below
# the second.
ALONGSIDE_SMALLEST_CELL = env.int("ALONGSIDE_SMALLEST_CELL", default=5)
ALONGSIDE_SMALLEST_VOICE = env.int("ALONGSIDE_SMALLEST_VOICE", default=3)

# Whom a person can ring, as “who | number” with a semicolon between one and the next: those of England
# unless the deployer names others.
ALONGSIDE_HELPLINES = env.str(
    "ALONGSIDE_HELPLINES",
    default="Samaritans. Any time, free | 116 123;"
    " NHS urgent mental health help. Any time | 111, then choose 2",
).split(";")
ALONGSIDE_EMERGENCY = env.str("ALONGSIDE_EMERGENCY", default="999")
