"""All settings; the only reader of the environment (`.env.example`). Safe by default: DEBUG off, a secret required."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from environs import validate

from earnverdict.env import check_contact, env, read_database, read_env_file, read_secret

BASE_DIR = Path(__file__).resolve().parent.parent
read_env_file(BASE_DIR / ".env")

# Secrets and hosts

DEBUG = env.bool("EARNVERDICT_DEBUG", False)
#: The folder for data that the site can rebuild, and for the secret that `scripts.serve` generates if none is set.
STATE_FOLDER = env.path("EARNVERDICT_STATE_FOLDER", BASE_DIR / "var")
# The gazetteer's search index; made from skills/data/gazetteer.tsv.xz when it is missing.
GAZETTEER_FOLDER = STATE_FOLDER / "places"
SECRET_KEY = env.str("EARNVERDICT_SECRET_KEY", "for-development-only" if DEBUG else "")
SECRET_KEY = SECRET_KEY or read_secret(STATE_FOLDER / "secret-key")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "EARNVERDICT_SECRET_KEY is not set. Outside development a long random secret is required."
    )
ALLOWED_HOSTS = env.list("EARNVERDICT_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], subcast=str.strip)
CSRF_TRUSTED_ORIGINS = env.list("EARNVERDICT_TRUSTED_ORIGINS", [], subcast=str.strip)

# Trust proxy headers only behind a proxy; otherwise clients can forge them. The header's name has no hyphen on purpose:
# WSGI cannot tell X-Forwarded-For from X_Forwarded_For, which some proxies pass on from clients.
BEHIND_PROXY = env.bool("EARNVERDICT_BEHIND_PROXY", False)
CLIENT_ADDRESS_HEADER = env.str("EARNVERDICT_CLIENT_ADDRESS_HEADER", "ClientAddress")
#: The admin's path, without the leading slash.
ADMIN_PATH = env.str(
    "EARNVERDICT_ADMIN_PATH",
    "admin/",
    validate=validate.Regexp(
        r"[A-Za-z0-9-]+/\Z", error="It must be letters, digits and dashes, followed by a slash, such as editors/."
    ),
)
#: Pages below these paths query the database. A process makes only so many at a time (earnverdict/middleware.py); the
#: server has two threads more (scripts/serve.py).
EDITOR_PATHS = (f"/{ADMIN_PATH}", "/articles/preview/")
MAX_EDITOR_REQUESTS = 2

# The application

ROOT_URLCONF = "earnverdict.urls"
WSGI_APPLICATION = "earnverdict.wsgi.application"
INSTALLED_APPS = [
    "calculator",
    "skills",
    "axes",
    "django_htmx",
    "import_export",
    "django.forms",  # an app, so that FORM_RENDERER finds its templates
    "skills.apps.EditorsAdminConfig",  # django.contrib.admin with the editors' dashboard
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "earnverdict.middleware.RequestIdMiddleware",
    "earnverdict.middleware.HealthMiddleware",
    "earnverdict.middleware.EditorLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "earnverdict.headers.PrivacyMiddleware",
    "earnverdict.editors_only.EditorsSession",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "earnverdict.editors_only.EditorsAuthentication",
    "earnverdict.editors_only.EditorsMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # only replaces the response to a sign-in above the limits
]
TEMPLATES: list[dict[str, Any]] = [
    {  # the public pages
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "public"],
        "OPTIONS": {"environment": "earnverdict.jinja2.environment"},
    },
    {  # the admin
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "admin"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data

DATABASES: dict[str, Any] = {
    "default": read_database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'earnverdict.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,  # seconds to wait for the lock, before the editor has to try again
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        # Without this, INSERT OR REPLACE would bypass the triggers that protect editions.
        "PRAGMA recursive_triggers=ON;",
    }
else:
    # A hanging server must not block an editor's thread for ever. Options in the URL take precedence.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 2,
        "options": "-c statement_timeout=10s",
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,  # milliseconds
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
#: Seconds between a process's checks for a new publication; 0 turns them off.
SITE_WATCH_SECONDS = env.int("EARNVERDICT_WATCH_SECONDS", 2, validate=validate.Range(min=0))
#: The memory of older editions in each process (skills/editions/memory_cache.py).
MAX_OLDER_EDITIONS_BYTES = 32 * 2**20
#: The memory of the page cache in each process (earnverdict/page_cache.py).
PAGE_CACHE_BYTES = env.int("EARNVERDICT_PAGE_CACHE_MB", 8, validate=validate.Range(min=0)) * 2**20
IMPORT_EXPORT_USE_TRANSACTIONS = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
# The admin posts several fields for each inline row: a place with hundreds of aliases needs more than 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
#: The limits of one import.
IMPORT_MAX_BYTES = 10 * 1024 * 1024
IMPORT_MAX_ROWS = 50_000
# One file at a time, in memory, so that uploads cannot fill the disk. Larger ones are discarded. Other forms are small.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = IMPORT_MAX_BYTES + 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 1
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

# Where readers report a wrong figure: an e-mail address, or the URL of a new issue. Empty: no such links.
CONTACT = env.str("EARNVERDICT_CONTACT", "figures@localhost" if DEBUG else "", validate=check_contact)

# Time, numbers and files

LANGUAGE_CODE = "en"
USE_I18N = False
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = ["earnverdict.formats"]
STATIC_URL = "static/"
STATIC_ROOT = env.path("EARNVERDICT_STATIC_FOLDER", STATE_FOLDER / "static")
# Collected files are public: a proxy serves them as another user. All other files are private (manage.py).
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o755
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files that browsers and crawlers expect at the root of the site.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}
# In development files are read at each request, so that a change shows at once.
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "earnverdict.static_files.ReadableStaticFilesStorage"
    },
}

# Signing in (the admin only)

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
# A session ends with the browser, or after a working day.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "skills.views.errors.csrf_failure"
# Messages are stored in the session, not in a cookie of their own.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Failed sign-ins allowed (earnverdict/sign_in.py): for an account from one address, then for all from one address.
AXES_HANDLER = "earnverdict.sign_in.SignInLimits"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_FAILURE_LIMIT = 5
SIGN_IN_FAILURES_OF_ADDRESS = 30
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "earnverdict.sign_in.client_address"
AXES_LOCKOUT_CALLABLE = "earnverdict.sign_in.too_many_attempts"
# Attempts are stored for as long as they count. Nothing else about sign-ins is stored.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username", "csrfmiddlewaretoken"]
AXES_VERBOSE = False

# Browser security

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "img-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
HTTPS = env.bool("EARNVERDICT_HTTPS", not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
# Only for sites whose subdomains all use https, for good: browsers remember it for two years.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("EARNVERDICT_HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env.bool("EARNVERDICT_HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # the checks for these two
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# With this prefix browsers accept the cookie only over https and only from this host: no other subdomain can set it.
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"

# Logs and error reports hold no pay: no query, no Referer, no quoted values (earnverdict/error_reporting.py).

DEFAULT_EXCEPTION_REPORTER = "earnverdict.error_reporting.PayFreeReporter"
LOG_LEVEL = env.log_level("EARNVERDICT_LOG_LEVEL", logging.INFO)
LOG_FORMAT = env.str("EARNVERDICT_LOG_FORMAT", "LINE" if DEBUG else "JSON", validate=validate.OneOf(["LINE", "JSON"]))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "without_query": {"()": "earnverdict.error_reporting.QueryFilter"},
        "without_refusals": {"()": "earnverdict.error_reporting.ServiceUnavailableFilter"},
    },
    "formatters": {
        "JSON": {"()": "earnverdict.error_reporting.JsonFormatter"},
        "LINE": {
            "()": "earnverdict.error_reporting.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_query"], "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "axes": {"level": "WARNING"},
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # The access log has the status of each response; an unknown path may hold anything.
        "django.request": {"level": "ERROR", "filters": ["without_refusals"]},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
}
