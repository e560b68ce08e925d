"""One settings file; what differs between installations comes from the environment.

Without DEMO or DEBUG the portal is in production, and ``imbportal.checks`` refuses to start it
with an unsafe setting.
"""

import re
from datetime import timedelta
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# -- Installation ---------------------------------------------------------------------------
VERSION = re.search(r"^## (\S+)", (BASE_DIR / "CHANGELOG.md").read_text(), re.M).group(1)
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
TESTING = env.bool("TESTING", default="PYTEST_VERSION" in env.ENVIRON)
PRODUCTION = not (DEMO or DEBUG or TESTING)
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "data")))
DAERAH_FOLDER = Path(env("DAERAH_FOLDER", default=str(BASE_DIR / "imbportal" / "daerah")))
"""The files of this installation, one TOML per daerah; an office with its own names its folder."""
INSECURE_KEY = "demo-only-" + "0123456789" * 5
SECRET_KEY = env("SECRET_KEY", default=INSECURE_KEY)
SALT_KEY = env("FIELD_KEY", default=SECRET_KEY)
"""Key of the encrypted fields (NIK, pick-up code), apart from the sessions' key."""
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
"""Address in messages and QR codes, without a slash at its end."""
ROOT_URLCONF = "imbportal.urls"
WSGI_APPLICATION = "imbportal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "accounts",
    "imbportal.apps.PortalConfig",
    "imbportal.daerah",
    "notifications",
    "documents",
    "applications",
    "retribusi",
    "feedback",
    "imbportal.apps.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "bootstrap",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "encrypted_fields",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "imbportal.middleware.CompressPagesMiddleware",
    "csp.middleware.CSPMiddleware",
    "imbportal.middleware.TimeZoneMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.RateLimitMiddleware",
    "accounts.middleware.OfficerMiddleware",
    "imbportal.middleware.PrivatePagesMiddleware",
    "imbportal.middleware.PlainTextMiddleware",
    "axes.middleware.AxesMiddleware",
]

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
                "imbportal.context.portal",
            ],
            "builtins": ["imbportal.templatetags.indonesia"],
        },
    }
]

# -- Data -----------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

FILES_ROOT = DATA_DIR / "files"
"""Private files; no URL leads here but through a permission check."""
CACHES = {
    "table": {
        "BACKEND": "imbportal.cache.TableCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
"""Limits are counted here; Django's 300 entries would let anybody push out his own."""
CACHES["default"] = (
    env.cache("CACHE_URL", backend="imbportal.cache.SteadyCache")
    if env("CACHE_URL", default="")
    else CACHES["table"]
)
"""With Redis (rediscache://…) the table stands in while that is away."""
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
UPLOAD_LIMIT = 25 * 1024 * 1024
CASE_LIMIT = 300 * 1024 * 1024
DRAFTS_LIMIT = 1024 * 1024 * 1024
"""Bytes in all drafts of one person that were never sent."""
PAGE_LIMIT = 100
PAPER_DAYS = env.int("PAPER_DAYS", default=60)
"""Days back to which a dossier counts that was taken on paper while the portal was away."""
UPLOADS_AN_HOUR = 100_000 if TESTING else 300
"""Tries of one person: far above an honest case, far below filling a disk. One applicant of a test
drives many cases."""
UPLOAD_BYTES_A_DAY = 1024 * 1024 * 1024
"""Bytes of one person that are kept: three full cases a day."""
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "imbportal.uploads.receiving.LimitedFileUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = DATA_DIR / "sementara"
"""What comes in, until it is checked; beside the files, so that one job sweeps both."""
DATA_UPLOAD_MAX_NUMBER_FILES = 100
"""Files that are read at all, so that a form which takes fewer can say so and keep what was typed."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CLAMD = env("CLAMD", default="")
"""unix:/path or host:port of clamd; empty leaves the virus scan out."""
ACCEL = env("ACCEL", default="")
"""Internal location of nginx that holds the private files ("/_files/"); empty: Django sends them."""

# -- Workers --------------------------------------------------------------------------------
REDIS_URL = env("REDIS_URL", default="")
"""With Redis Celery does the work; without, threads of ``manage.py pekerja``."""
CELERY_BROKER_URL = REDIS_URL or None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
}
"""A request that rings waits a second at most where Redis is away, two where it hangs."""
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TIMEZONE = "Asia/Jakarta"
WORKER_CONCURRENCY = env.int("WORKER_CONCURRENCY", default=4)
"""Processes of Celery's worker, as deploy/run starts it."""
JOBS_BEAT = env.int("JOBS_BEAT", default=10)
"""Seconds between two sweeps; shorter in tests only."""
CELERY_BEAT_SCHEDULE = {"sweep": {"task": "notifications.tasks.sweep", "schedule": JOBS_BEAT}}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat")
JOBS_LEASE = env.int("JOBS_LEASE", default=60)
"""Seconds that a worker holds a job; a dead worker's job is given back after them."""
JOBS_SWEEP = env.bool("JOBS_SWEEP", default=True)
"""Off only in the test that shows what the sweep is for."""
JOBS_LANES = env.bool("JOBS_LANES", default=True)
"""Off only in the test that shows what the lanes are for."""

# -- Messages -------------------------------------------------------------------------------
EMAIL_BACKEND = env(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.smtp.EmailBackend"
    if PRODUCTION
    else "notifications.backends.LocalEmailBackend",
)
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@localhost")
SMS_GATEWAY = env("SMS_GATEWAY", default="")
"""URL of the HTTP gateway; empty keeps SMS in the portal (demo)."""
SMS_TOKEN = env("SMS_TOKEN", default="")

# -- Electronic seals -----------------------------------------------------------------------
SEAL = env("SEAL", default="")
"""How papers are sealed: "" (signed wet), "lokal" (certificates of the office) or "nasional"."""
SEAL_FOLDER = Path(env("SEAL_FOLDER", default=str(DATA_DIR / "segel")))
"""PKCS#12 files: kantor.p12, and one for each signatory (manage.py pasang_sertifikat)."""
SEAL_OFFICE_PASSPHRASE = env("SEAL_OFFICE_PASSPHRASE", default="kantor-demo" if DEMO else "")
SEAL_TSA = env("SEAL_TSA", default="")
"""URL of an RFC 3161 service; empty: seals carry no timestamp."""
SEAL_URL = env("SEAL_URL", default="")
"""The national service, without a slash at its end."""
SEAL_VERSION = env.int("SEAL_VERSION", default=2)
"""1: multipart with the passphrase; 2: JSON, with the passphrase or a one-time code."""
SEAL_USER = env("SEAL_USER", default="")
SEAL_PASSWORD = env("SEAL_PASSWORD", default="")
SEAL_OFFICE_NIK = env("SEAL_OFFICE_NIK", default="")
"""Under which the office's own seal is registered there."""
SEAL_TIMEOUT = env.int("SEAL_TIMEOUT", default=20)

# -- Accounts -------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email", "phone")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/masuk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SIGNUP_REDIRECT_URL = "/identitas/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1*"]
"""Either will do: the form itself asks for at least one, allauth's own check wants the star."""
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "confirm_email_verification_code": "accounts.forms.EmailCodeForm",
    "verify_phone": "accounts.forms.PhoneCodeForm",
    "change_phone": "accounts.forms.ChangePhoneForm",
    "add_email": "accounts.forms.ChangeEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "confirm_password_reset_code": "accounts.forms.ConfirmCodeForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_PHONE_VERIFICATION_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = ACCOUNT_PHONE_VERIFICATION_MAX_ATTEMPTS = 5
ACCOUNT_PASSWORD_RESET_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = 3
ACCOUNT_RATE_LIMITS = {
    "signup": "20/h/ip",
    "login": "60/m/ip",
    "login_failed": "30/m/ip,20/300s/key",
    "confirm_email": "1/m/key,5/d/key,30/h/ip",
    "verify_phone": "1/m/key,5/d/key,10/h/ip",
    "change_phone": "5/h/user",
    "reset_password": "1/m/key,5/d/key,30/h/ip",
}
SMS_CODES_A_DAY = env.int("SMS_CODES_A_DAY", default=2000)
"""Codes by SMS in 24 hours, for all people together; above it none goes out and the log says so."""
MFA_ADAPTER = "accounts.adapter.MfaAdapter"
MFA_FORMS = {
    "authenticate": "accounts.mfa_forms.AuthenticateForm",
    "reauthenticate": "accounts.mfa_forms.ReauthenticateForm",
    "activate_totp": "accounts.mfa_forms.ActivateForm",
}
MFA_TOTP_ISSUER = "Portal perizinan bangunan"
MFA_TOTP_TOLERANCE = 1
OFFICER_MFA = env.bool("OFFICER_MFA", default=PRODUCTION)
"""Officers see nothing but their account before they have proved a second factor."""
OFFICER_IDLE = 30 * 60
"""Seconds without a request after which an officer's session ends."""
ALLAUTH_TRUSTED_PROXY_COUNT = int(env.bool("BEHIND_PROXY", default=False))
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.client_ip"
AXES_USERNAME_CALLABLE = "accounts.lockout.login"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
SESSION_COOKIE_AGE = 60 * 60 * 24 * 7
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# -- Web security ---------------------------------------------------------------------------
SECURE = env.bool("HTTPS", default=PRODUCTION)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "applications.views.stale.csrf_failure"
SECURE_SSL_REDIRECT = SECURE and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# -- Language and time ----------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia")]
FORMAT_MODULE_PATH = ["imbportal.formats"]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
