from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from investment import catalogue  # noqa: PLC0415
        from issues.events import consumers  # noqa: PLC0415
        from search import documents, engines, projects, receivers, suggest  # noqa: PLC0415
        from search.sources import answers, pages, sectors  # noqa: PLC0415
        from search.sources import projects as project_source  # noqa: PLC0415

        for source in (project_source.SOURCE, pages.SOURCE, answers.SOURCE, sectors.SOURCE):
            documents.register(source)
        consumers.register(answers.CONSUMER)
        receivers.connect()
        if engines.current() is not None:
            catalogue.register_backend(projects.search, suggest.suggest)
