"""WebSocket addresses."""

from channels.security.websocket import WebsocketDenier
from django.urls import re_path

websocket_urlpatterns = [
    re_path(r"", WebsocketDenier.as_asgi()),  # last: any other address is refused, not an error
]
