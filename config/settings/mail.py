"""Outgoing mail: files in TN_VAR_DIR/mail in the demo, SMTP otherwise."""

from config.settings.paths import TN_DEMO, TN_VAR_DIR, env

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.tn_mail_from
EMAIL_TIMEOUT = 10
TN_MAIL_REPLY_DOMAIN = env.tn_mail_reply_domain
TN_MAIL_RAW_DAYS = env.tn_mail_raw_days
TN_WEBHOOK_PRIVATE = env.tn_webhook_private
if TN_DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = TN_VAR_DIR / "mail"
    EMAIL_FILE_PATH.mkdir(exist_ok=True)
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env.tn_smtp_host
    EMAIL_PORT = env.tn_smtp_port
    EMAIL_HOST_USER = env.tn_smtp_user
    EMAIL_HOST_PASSWORD = env.tn_smtp_password
    EMAIL_USE_TLS = env.tn_smtp_security == "starttls"
    EMAIL_USE_SSL = env.tn_smtp_security == "tls"

__all__ = [name for name in dir() if name.isupper()]
