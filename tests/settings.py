"""config.settings plus what makes tests fast, private and independent of the machine's own `.env`."""

import atexit
import os
import shutil
import tempfile

_var = tempfile.mkdtemp(prefix="luoshi-tests-")
atexit.register(shutil.rmtree, _var, ignore_errors=True)
os.environ.update(
    LUOSHI_DEMO="1",
    DEBUG="0",
    SECRET_KEY="only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz",
    VAR_DIR=_var,
    ORG_NAME="督查室",
    SITE_URL="http://testserver",
    ALLOWED_HOSTS="testserver",
    CSRF_TRUSTED_ORIGINS="",
    CELERY_BROKER_URL="memory://",
    EMAIL_URL="",
    LOG_LEVEL="WARNING",
)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, VAR_DIR  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads then meet the locks that a real site has.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = CELERY_TASK_EAGER_PROPAGATES = True
AXES_ENABLED = False  # a test of the lockout turns it on
