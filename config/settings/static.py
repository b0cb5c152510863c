"""Files: public, private and static. Static ones are served by WhiteNoise under hashed names."""

from config.settings.paths import DEBUG, PRIVATE_MEDIA_ROOT, TN_DEMO

_STATIC = "config.static_files.HashedStaticFiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Attachments: no address of their own, only through a view that asks who may see them.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(PRIVATE_MEDIA_ROOT), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else _STATIC},
}
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_USE_FINDERS = DEBUG or TN_DEMO  # the demo shows pages before everything is collected
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

__all__ = [name for name in dir() if name.isupper()]
