"""Where uvicorn enters: HTTP to Django, WebSocket to the consumers."""

import os

import django
from channels.routing import ProtocolTypeRouter, URLRouter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# First: it loads the apps, which everything below needs.
django.setup(set_prefix=False)

from config.http import http_application  # noqa: E402
from config.middleware.proxy_headers import ProxyHeadersOfSockets  # noqa: E402
from config.routing import websocket_urlpatterns  # noqa: E402
from config.websocket import known_hosts  # noqa: E402

# The consumers check themselves who is there, and again while a socket is open.
sockets = ProxyHeadersOfSockets(known_hosts(URLRouter(websocket_urlpatterns)))
application = ProtocolTypeRouter({"http": http_application(), "websocket": sockets})
