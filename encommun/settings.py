"""Django's settings, all derived from ``config.Config``. Nothing else reads the environment."""

import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP

from encommun.config import Config, WrongConfig

try:
    CONFIG = Config.from_environment()
except WrongConfig as error:
    sys.exit(f"Encommun cannot start. {error}")

PACKAGE = Path(__file__).resolve().parent
DATA = CONFIG.data.absolute()
STARTED_ON = datetime.now(UTC).date()


def _secret_key() -> str:
    if CONFIG.secret_key:
        return CONFIG.secret_key
    path = DATA / "secret_key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


SECRET_KEY = _secret_key()
DEBUG = CONFIG.debug
_base = urlsplit(CONFIG.base_url)
ALLOWED_HOSTS = [_base.hostname or "localhost", *CONFIG.hosts]
CSRF_TRUSTED_ORIGINS = [CONFIG.base_url]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "encommun.ui",
    "encommun.journal",
    "encommun.mailing",
    "encommun.people",
    "encommun.privacy",
    "encommun.places",
    "encommun.events",
    "encommun.deliberation",
    "encommun.call",
    "encommun.programme",
    "encommun.registration",
    "encommun.payment",
    "encommun.invoicing",
    "encommun.checkin",
    "encommun.commons",
    "encommun.correspondence",
    "encommun.opendata",
    "encommun.reactions",
    "encommun.api",
    "encommun.web",
    *(["encommun.demo"] if CONFIG.demo else []),
]

MIDDLEWARE = [
    "encommun.ui.public_pages.KeepPublicPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "encommun.web.middleware.SafeHeaders",
    "encommun.web.middleware.LanguageFromAddress",
    "django.middleware.common.CommonMiddleware",
    "encommun.web.middleware.ApiCalls",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "encommun.web.middleware.WhoActs",
    "encommun.web.middleware.Refusals",
]

ROOT_URLCONF = "encommun.web.urls"
WSGI_APPLICATION = "encommun.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "encommun.web.context.page",
            ],
            "builtins": ["encommun.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "encommun.ui.forms.Renderer"


def _database() -> dict[str, object]:
    if not CONFIG.database_is_postgresql():
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "encommun.sqlite3",
            # reliability: IMMEDIATE, or an upgrade of the lock fails at once whatever the timeout; FULL, or a power
            # cut may lose the last commits. docs/decisions/0002.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; PRAGMA foreign_keys=ON;",
            },
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": DATA / "test.sqlite3"},
        }
    url = urlsplit(CONFIG.database_url)
    if url.scheme not in ("postgresql", "postgres"):
        sys.exit("Encommun cannot start. ENCOMMUN_DATABASE_URL: expected postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": CONFIG.database_pool, "timeout": 10},
            "options": "-c lock_timeout=3s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = CONFIG.language
LANGUAGES = [("fr", "Français"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"
LOCALE_PATHS = [PACKAGE / "foundation" / "locale"]  # every other package is an app and has its own

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "privacy:my_space"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
ACCOUNT_ADAPTER = "encommun.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code by e-mail is the proof
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3  # letters, after the first one
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_RATE_LIMITS = False  # ours: people/views/entrance.py, counted in the database
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = CONFIG.instance_name
MFA_ADAPTER = "encommun.people.adapter.SecondFactorAdapter"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not CONFIG.https

_prefix = "__Host-" if CONFIG.https else ""
SESSION_COOKIE_NAME = f"{_prefix}encommun-session"
CSRF_COOKIE_NAME = f"{_prefix}encommun-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = CONFIG.https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_FAILURE_VIEW = "encommun.web.views.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # other sites do not learn where people come from, nor any secret link
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = CONFIG.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.proxies else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if CONFIG.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = CONFIG.https
SECURE_HSTS_PRELOAD = CONFIG.https
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    # The payment page is reached by a redirect after our own form: browsers check the whole chain.
    "form-action": [CSP.SELF, CONFIG.card_page_origin, *([CONFIG.helloasso_page_origin] if CONFIG.helloasso_client_id else [])],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE / "static_built"
_node_modules = PACKAGE.parent / "node_modules"
STATICFILES_DIRS = [
    ("npm/" + name, _node_modules / name)
    for name in ("@event-calendar/build", "@fontsource-variable/bricolage-grotesque", "jsqr")
    if (_node_modules / name).is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "media"}},
    "staticfiles": {"BACKEND": "encommun.ui.static.HashedStorage"},
}
WHITENOISE_MAX_AGE = 24 * 3600


def _headers_of_files(headers: object, path: str, url: str) -> None:
    """Static files carry the same guards as pages. (A policy on a script would bind the worker that it may begin.)"""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"  # type: ignore[index]
    headers["X-Frame-Options"] = "DENY"  # type: ignore[index]
    if not url.endswith(".js"):
        headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"  # type: ignore[index]


WHITENOISE_ADD_HEADERS_FUNCTION = _headers_of_files
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "tgz", "bz2", "xz", "br", "woff", "woff2")

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "ui_cache"}}


def _mailers() -> dict[str, object]:
    if not CONFIG.mail_url:
        return {"default": {"BACKEND": "encommun.mailing.files.FileBackend", "OPTIONS": {"folder": DATA / "mail"}}}
    url = urlsplit(CONFIG.mail_url)
    if url.scheme not in ("smtp", "smtps"):
        sys.exit("Encommun cannot start. ENCOMMUN_MAIL_URL: expected smtp://user:password@host:587 or smtps://…:465")
    options = {
        "host": url.hostname,
        "port": url.port or (465 if url.scheme == "smtps" else 587),
        "username": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "use_ssl": url.scheme == "smtps",
        "use_tls": url.scheme == "smtp" and bool(url.username),
        "timeout": 15,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


MAILERS = _mailers()
#: Who knows the ways of paying that an event offers: packages under it ask here (docs/decisions/0007).
WAYS_TO_PAY = "encommun.payment.queries.asked_methods"

DEFAULT_FROM_EMAIL = CONFIG.mail_from

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "encommun.web.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django.request": {"level": "ERROR"}, "django.server": {"level": "WARNING"}, "httpx": {"level": "WARNING"}},
}
