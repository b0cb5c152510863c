"""Where uvicorn enters: HTTP to Django, WebSocket to the consumers."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# First: it loads the apps, which everything below needs.
django_application = get_asgi_application()

from config.routing import websocket_urlpatterns  # noqa: E402

# The consumers check themselves who is there, and again while a socket is open.
application = ProtocolTypeRouter({"http": django_application, "websocket": URLRouter(websocket_urlpatterns)})
