"""Django's settings, derived from what the host set (`environment.py`). Nothing here is edited by a host."""

from __future__ import annotations

from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from ithaca.config import environment, logs

ENVIRONMENT = environment.read()
DEVELOPMENT = ENVIRONMENT.development
DEBUG = False
SECRET_KEY = environment.secret_key(ENVIRONMENT)
ADDRESS: str = ENVIRONMENT["ITHACA_ADDRESS"]
PACKAGE = Path(__file__).resolve().parent.parent

_host = urlsplit(ADDRESS).hostname or "localhost"
_secure = urlsplit(ADDRESS).scheme == "https"
ALLOWED_HOSTS = [_host, *ENVIRONMENT["ITHACA_HOSTS"], *(["localhost", "127.0.0.1", "[::1]"] if DEVELOPMENT else [])]
CSRF_TRUSTED_ORIGINS = [ADDRESS]

INSTALLED_APPS = [
    "ithaca.kernel",
    "ithaca.jobs",
    "ithaca.people",
    "ithaca.activity",
    "ithaca.notifications",
    "ithaca.programmes",
    "ithaca.mentorships",
    "ithaca.intake",
    "ithaca.matching",
    "ithaca.studies",
    "ithaca.circles",
    "ithaca.home",
    "ithaca.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "lucide",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "csp",
    "django_structlog",
]
if find_spec("django_linear_migrations"):  # a developer's tool: two migrations of one number are a conflict in git
    INSTALLED_APPS.append("django_linear_migrations")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "ithaca.people.middleware.SessionsMiddleware",
    "ithaca.people.middleware.OrganisationMiddleware",
]

ROOT_URLCONF = "ithaca.config.urls"
ASGI_APPLICATION = "ithaca.config.asgi.application"

_loaders: list[Any] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
if not DEVELOPMENT:
    _loaders = [("django.template.loaders.cached.Loader", _loaders)]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "kernel" / "ui" / "templates"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", _loaders)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ithaca.kernel.ui.context.layout",
                "ithaca.home.context.navigation",
            ],
            "builtins": [
                "django.templatetags.static",
                "django.templatetags.i18n",
                "django.contrib.humanize.templatetags.humanize",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "lucide.templatetags.lucide",
                "ithaca.kernel.ui.tags",
            ],
        },
    }
]
COTTON_DIR = "cotton"


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path or ENVIRONMENT.data / "ithaca.sqlite3",
            "OPTIONS": {
                # IMMEDIATE is compulsory: a deferred transaction that turns into a writer fails at once when another writes.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
                    "PRAGMA mmap_size=268435456; PRAGMA cache_size=-16000; PRAGMA foreign_keys=ON;"
                ),
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or dict(_query(parts.query)).get("host", ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {},
    }


def _query(query: str) -> list[tuple[str, str]]:
    from urllib.parse import parse_qsl

    return parse_qsl(query)


DATABASES = {"default": _database(ENVIRONMENT["ITHACA_DATABASE"])}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
_postgresql = DATABASES["default"]["ENGINE"].endswith("postgresql")
if _postgresql:
    INSTALLED_APPS.append("procrastinate.contrib.django")

TASKS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": (
            "ithaca.jobs.procrastinate.ProcrastinateBackend" if _postgresql else "ithaca.jobs.embedded.EmbeddedBackend"
        ),
        "QUEUES": [],
    }
}
OUTBOX_LEASE: int = ENVIRONMENT["ITHACA_MAIL_LEASE"]
METRICS_TOKEN: str = ENVIRONMENT["ITHACA_METRICS_TOKEN"]
JOB_LEASE: int = ENVIRONMENT["ITHACA_JOB_LEASE"]
PROCRASTINATE_ON_APP_READY = None

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "ithaca.notifications.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up, but only so does sign-in ask for a password
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
MFA_ADAPTER = "ithaca.people.adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEVELOPMENT
MFA_TOTP_ISSUER = "Ithaca"
USERSESSIONS_TRACK_ACTIVITY = True
# Limits on sign-in are counted in a table that all processes share.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if _secure else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data / "static"
STATICFILES_DIRS = [PACKAGE / "kernel" / "ui" / "static"]
SERVESTATIC_USE_FINDERS = True
SERVESTATIC_AUTOREFRESH = DEVELOPMENT  # a running server follows `python -m frontend.build`
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = ENVIRONMENT.data / "media"

LANGUAGE_CODE = ENVIRONMENT["ITHACA_LANGUAGE"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
# Only languages that Ithaca itself is translated into: half a page in another one helps nobody.
LANGUAGES = [("en-gb", "English")]

DEFAULT_FROM_EMAIL = ENVIRONMENT["ITHACA_MAIL_FROM"]
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]


def _mail(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "mailbox":
        return {"EMAIL_BACKEND": "ithaca.notifications.mailbox.MailboxBackend"}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 30,
    }


globals().update(_mail(ENVIRONMENT["ITHACA_MAIL"]))

LOGGING = logs.configuration(ENVIRONMENT["ITHACA_LOG"], DEVELOPMENT)
