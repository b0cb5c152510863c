"""WebSocket addresses."""

from channels.security.websocket import WebsocketDenier
from django.urls import path, re_path

from issues.live.consumer import EventsConsumer

websocket_urlpatterns = [
    path("ws/events/", EventsConsumer.as_asgi()),
    re_path(r"", WebsocketDenier.as_asgi()),  # last: any other address is refused, not an error
]
