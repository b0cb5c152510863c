from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import security_events, signals  # noqa: PLC0415 - models are not ready when this module is read

        signals.connect()
        security_events.connect()
