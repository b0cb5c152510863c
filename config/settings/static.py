"""Files: public, private and static. Static ones are served by WhiteNoise under hashed names."""

import warnings

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
# WhiteNoise hands open files to the ASGI server. They are read whole, which for files of this size is what we want.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

__all__ = [name for name in dir() if name.isupper()]
