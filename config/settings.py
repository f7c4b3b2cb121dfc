"""The one settings file, read from the environment (and `.env`); it refuses rather than guesses.

A checkout in which nothing is configured is the demo: it listens to this machine only and keeps a key of its
own in var/. As soon as SECRET_KEY, DEBUG or ALLOWED_HOSTS is given, the rules of a site in service apply.
Every key is described, in Chinese, in `.env.example`.
"""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.paths import private_folder, stored_key
from config.schedule import BEAT_SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent
SAMPLE_SECRET_KEY = "请改成一串随机字符"

env = environ.Env()
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(str(BASE_DIR / ".env"))


def site_key() -> str:
    """The secret key; a site in service must bring its own."""
    key: str = env.str("SECRET_KEY", default="")
    if key == SAMPLE_SECRET_KEY or len(set(key)) < 5 or len(key) < 32:
        if (DEMO or DEBUG) and not key:
            return stored_key(VAR_DIR / "secret_key")
        raise ImproperlyConfigured(
            "SECRET_KEY 为空、过短或仍是示例值，为安全起见不予启动。请运行 "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))' 生成一串，写入 .env 的 SECRET_KEY="
        )
    return key


def version() -> str:
    """The newest version named in CHANGELOG.md."""
    found = re.search(r"^## (\S+)", (BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise ImproperlyConfigured("CHANGELOG.md 里没有版本标题（## x.y.z）")
    return found[1]


VERSION = version()
CONFIGURED = any(key in env.ENVIRON for key in ("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS"))
DEMO = env.bool("LUOSHI_DEMO", default=not CONFIGURED)
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = private_folder(Path(env.str("VAR_DIR", default="") or BASE_DIR / "var"))
SECRET_KEY = site_key()

# --- The office ---
ORG_NAME = env.str("ORG_NAME", default="市委市政府督查室")
CODE_PREFIX = env.str("CODE_PREFIX", default="DB")  # item numbers: DB2026-0001
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
REPORT_DAY_SHIFT = env.str("REPORT_DAY_SHIFT", default="next")  # off a holiday: next, previous or keep
if REPORT_DAY_SHIFT not in {"next", "previous", "keep"}:
    raise ImproperlyConfigured("REPORT_DAY_SHIFT 只能是 next（顺延）、previous（提前）或 keep（不变）")
OBJECTION_WORKDAYS = env.int("OBJECTION_WORKDAYS", default=1)  # after issuing; 0: until signed
EXTENSION_WORKDAYS = env.int("EXTENSION_WORKDAYS", default=1)  # before the limit
SAME_DUTY_DAYS = env.int("SAME_DUTY_DAYS", default=90)  # for so long after its end an item is still named
# Days from the source to an assumed deadline, by Speech.Kind; anything else has the first.
DEFAULT_LIMITS = {"speech": 30, "meeting": 20, "instruction": 15, "document": 30}

# --- Who may talk to us ---
HTTPS_ONLY = env.bool("HTTPS_ONLY", default=not (DEMO or DEBUG))
# The loopback names stay allowed for health checks; a request from outside cannot do harm with them.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if not (DEMO or DEBUG) and not env.list("ALLOWED_HOSTS", default=[]):
    raise ImproperlyConfigured("未设置 ALLOWED_HOSTS：请在 .env 写上访问本系统的域名或地址，多个用逗号分隔")
if urlsplit(SITE_URL).scheme not in {"http", "https"}:
    raise ImproperlyConfigured("SITE_URL 应写成 http:// 或 https:// 开头的完整网址，邮件里的链接以它为准")

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS_ONLY
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Applications ---
INSTALLED_APPS = [
    "supervision",
    "speeches",
    "tasks",
    "accounts",
    "config",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rest_framework.authtoken",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.not_kept",
    "config.middleware.without_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # a page is open only where it says so
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ]
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database: SQLite for one machine, PostgreSQL in service ---
SQLITE_URL = "sqlite:///" + quote(str(VAR_DIR / "db.sqlite3"))
DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", default="") or SQLITE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE and WAL, or web and worker lock each other out.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)

# --- Signing in ---
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATORS + "UserAttributeSimilarityValidator"},
    {"NAME": _VALIDATORS + "MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": _VALIDATORS + "CommonPasswordValidator"},
    {"NAME": _VALIDATORS + "NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False  # its pages are in English; `axes_reset_username` unlocks
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
# By name alone: a whole office leaves through one address, and an attacker changes his at will.
AXES_LOCKOUT_PARAMETERS = ["username"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# --- Language and time ---
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

# --- Files ---
VENDOR_DIR = private_folder(VAR_DIR / "vendor")
CHARTS = (VENDOR_DIR / "echarts" / "echarts.min.js").exists()
STATIC_URL = "/static/"
STATIC_ROOT = private_folder(VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", VENDOR_DIR)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or DEMO  # straight from the source folders: nothing to collect
MEDIA_ROOT = private_folder(VAR_DIR / "media")
MEDIA_URL = "/media/"  # never routed: every file is served by a view that asks who is reading
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
MAX_UPLOAD_BYTES = env.int("MAX_UPLOAD_MB", default=20) * 1024 * 1024
UPLOADS_PER_MINUTE = env.int("UPLOADS_PER_MINUTE", default=20)  # of one person; one may hold several files
UPLOAD_BYTES_PER_DAY = env.int("UPLOAD_GB_PER_DAY", default=1) * 1024**3  # of one person
CLAMD_SOCKET = env.str("CLAMD_SOCKET", default="").strip()  # a path or host:port; empty: nothing is scanned
# The program that recognises scanned pages and its languages; None: scans are refused with what to do.
OCR_PROGRAM = env.str("OCR_PROGRAM", default="").strip()
OCR = (OCR_PROGRAM, env.str("OCR_LANGUAGES", default="chi_sim")) if OCR_PROGRAM else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # pasted text; files do not count

# --- Mail ---
SMTP_TIMEOUT = EMAIL_TIMEOUT = 10  # seconds for each word of the server
MAIL_OUTBOX: Path | None = None
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="督查室 <duban@localhost>")
EMAIL_SUBJECT_PREFIX = ""
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    MAIL_OUTBOX = private_folder(VAR_DIR / "outbox")
    EMAIL_BACKEND = "config.mailbox.EmlBackend"
# One mail takes at most six waits on the server; the lease must outlast that with room (config/checks.py).
OUTBOX_LEASE = 180
OUTBOX_BATCH = 50
OUTBOX_MAX_ATTEMPTS = 12
DIGEST_HOUR = env.int("DIGEST_HOUR", default=8)  # o'clock, on the first working day of the week
CATCH_UP_DAYS = env.int("CATCH_UP_DAYS", default=3)

# --- Celery: the table is the queue, the broker only a doorbell ---
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="") or "filesystem://localhost"
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_DEFAULT_QUEUE = "luoshi"
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # rows, not re-delivery, bring work back: no poison loop
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1}  # the tick finds what could not be published
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE
# Kept in memory: a schedule file torn by a power cut stops beat from ever starting again.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
if CELERY_BROKER_URL.startswith("filesystem:"):
    _broker = private_folder(VAR_DIR / "broker")
    _queue = str(private_folder(_broker / "queue"))
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": _queue,
        "data_folder_out": _queue,
        "control_folder": str(private_folder(_broker / "control")),
        "store_processed": False,
        "polling_interval": 0.25,  # seconds until an uploaded speech begins to be read
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # Two installs on one Redis would take each other's jobs: give each its own prefix.
        "global_keyprefix": env.str("REDIS_PREFIX", default="luoshi:"),
        "visibility_timeout": 900,  # longer than the time limit of a job
        "socket_keepalive": True,
        "socket_connect_timeout": 3,
        "health_check_interval": 25,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
    }

# --- API ---
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "rest_framework.authentication.TokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "config.bodies.PlainJSONParser",
        "rest_framework.parsers.MultiPartParser",
        "rest_framework.parsers.FormParser",
    ],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "PAGE_SIZE": 50,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "落实 · 督查督办接口",
    "DESCRIPTION": "讲话、任务草稿、督办事项、办理动作与通知；读写都受登录人的可见范围限制。",
    "VERSION": VERSION,
    "ENUM_NAME_OVERRIDES": {
        "DepartmentKindEnum": "accounts.models.Department.Kind",
        "NoticeKindEnum": "supervision.models.Notice.Kind",
        "SourceKindEnum": "tasks.models.Task.Source",
        "SpeechStatusEnum": "speeches.models.Speech.Status",
        "TaskStatusEnum": "tasks.moves.Status",
    },
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": False},
}

# --- Log ---
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "axes": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
    },
}
