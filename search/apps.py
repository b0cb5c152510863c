from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from investment import catalogue  # noqa: PLC0415
        from search import (  # noqa: PLC0415
            documents,
            engines,
            page_words,
            project_documents,
            projects,
            receivers,
            suggest,
        )

        documents.register(project_documents.SOURCE)
        documents.register(page_words.SOURCE)
        receivers.connect()
        if engines.current() is not None:
            catalogue.register_backend(projects.search, suggest.suggest)
