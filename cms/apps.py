from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"

    def ready(self) -> None:
        from cms import wiring  # noqa: PLC0415 - the models exist only now
        from cms.admin import text_fields  # noqa: PLC0415

        wiring.connect()
        text_fields.connect()
