from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"

    def ready(self) -> None:
        from cms import wiring  # noqa: PLC0415 - the models exist only now

        wiring.connect()
