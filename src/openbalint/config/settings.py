"""Every setting, each from one environment variable. Reading this file changes nothing on disk.

`docs/reference/settings.md` tells people the same; a house test holds the two together.
"""

import os
from pathlib import Path
from typing import Any

from openbalint.config import data, environment

# ── where things are ──────────────────────────────────────────────────────────────────────────────────────────────────

PACKAGE = Path(__file__).resolve().parent.parent
OPENBALINT_DATA = data.folder(os.environ)

# ── who may come, and how ─────────────────────────────────────────────────────────────────────────────────────────────

# Made by `config.data.prepare` at the first start, unless it is given.
SECRET_KEY = data.secret_key(os.environ)
DEBUG = False
OPENBALINT_DEMO = environment.flag(os.environ, "OPENBALINT_DEMO", default=False)
OPENBALINT_TLS = environment.flag(os.environ, "OPENBALINT_TLS", default=False)
OPENBALINT_PROXIES = environment.words(os.environ, "OPENBALINT_PROXIES", default=("127.0.0.1", "::1"))
ALLOWED_HOSTS = list(environment.hosts(os.environ, "OPENBALINT_HOSTS"))
OPENBALINT_ORIGINS = environment.origins(os.environ, "OPENBALINT_ORIGINS") or tuple(
    f"https://{host}" for host in ALLOWED_HOSTS if OPENBALINT_TLS
)
CSRF_TRUSTED_ORIGINS = list(OPENBALINT_ORIGINS)
# Under TLS the browser itself refuses these cookies over plain HTTP and for other hosts.
COOKIE_PREFIX = "__Host-openbalint" if OPENBALINT_TLS else "openbalint"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}-session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = OPENBALINT_TLS
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}-csrf"
LANGUAGE_COOKIE_NAME = "openbalint-language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if OPENBALINT_TLS else 0
# Not "no-referrer": with that, browsers name no origin in a form they send, and the form is refused. Pages whose address
# carries a secret say "no-referrer" themselves.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "openbalint.web.views.site.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # HSTS, W012 and W016 secure cookies: follow OPENBALINT_TLS
    "security.W005",  # other hosts of the same domain are not ours to decide for
    "security.W008",  # the proxy redirects to HTTPS
    "security.W012",
    "security.W016",
    "security.W021",
]

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "sign-in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# ── what it is made of ────────────────────────────────────────────────────────────────────────────────────────────────

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "openbalint.config",
    "openbalint.audit",
    "openbalint.accounts",
    "openbalint.groups",
    "openbalint.meetings",
    "openbalint.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "openbalint.config.headers.HeadersMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "openbalint.web.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "openbalint.web.middleware.DeclinedMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "openbalint.config.urls"
ASGI_APPLICATION = "openbalint.config.asgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "openbalint.web.context.page",
            ],
        },
    },
]
STATIC_URL = "/static/"
STATIC_ROOT = OPENBALINT_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nobody uploads
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}
SERVESTATIC_ALLOW_ALL_ORIGINS = False

# ── data ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

SQLITE_SYNCHRONOUS = environment.choice(os.environ, "OPENBALINT_SQLITE_SYNCHRONOUS", ("FULL", "NORMAL"), default="FULL")
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # What is deleted is overwritten with zeros: a condensed session leaves nothing in free pages.
    "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={SQLITE_SYNCHRONOUS}; PRAGMA secure_delete=ON",
}
DATABASES = {
    "default": environment.database(
        environment.secret(os.environ, "DATABASE_URL") or f"sqlite:///{OPENBALINT_DATA / 'openbalint.sqlite3'}",
        sqlite=SQLITE_OPTIONS,
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Where browsers reach the sockets of this process; one of several `live` processes has an address of its own.
OPENBALINT_LIVE_ADDRESS = environment.text(os.environ, "OPENBALINT_LIVE_ADDRESS", "/ws/")
OPENBALINT_VALKEY_URL = environment.secret(os.environ, "OPENBALINT_VALKEY_URL")
OPENBALINT_BUS_PREFIX = environment.text(os.environ, "OPENBALINT_BUS_PREFIX", "openbalint")

# ── sound and picture: a LiveKit server, or none ──────────────────────────────────────────────────────────────────────

# Where browsers reach it (wss://…), where we do, and the key that is ours there.
OPENBALINT_LIVEKIT_URL = environment.media_server(os.environ, "OPENBALINT_LIVEKIT_URL", ("ws", "wss"))
OPENBALINT_LIVEKIT_API = environment.media_server(os.environ, "OPENBALINT_LIVEKIT_API", ("http", "https")) or (
    OPENBALINT_LIVEKIT_URL.replace("ws", "http", 1)
)
OPENBALINT_LIVEKIT_KEY = environment.text(os.environ, "OPENBALINT_LIVEKIT_KEY", "")
OPENBALINT_LIVEKIT_SECRET = environment.secret(os.environ, "OPENBALINT_LIVEKIT_SECRET")

# ── languages and time ────────────────────────────────────────────────────────────────────────────────────────────────

LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LANGUAGE_CODE = environment.choice(os.environ, "OPENBALINT_LANGUAGE", ("en", "zh-hans"), default="en")
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = environment.time_zone(os.environ, "OPENBALINT_TIME_ZONE", default="UTC")

# ── logs: facts and codes only ────────────────────────────────────────────────────────────────────────────────────────

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"facts": {"()": "openbalint.config.logs.FactsFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "facts"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "openbalint": {"level": "INFO"},
        # Django gives this one a handler of its own, which would print addresses and messages.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # "Not found: /i/…" would put invitations into the log.
        "django.request": {"level": "ERROR"},
        # Scanners ask for any host; they get 400 and no line.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
