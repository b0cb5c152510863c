from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from investment import catalogue  # noqa: PLC0415
        from issues.events import consumers  # noqa: PLC0415
        from search import (  # noqa: PLC0415
            answer_documents,
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
        documents.register(answer_documents.SOURCE)
        consumers.register(answer_documents.CONSUMER)
        receivers.connect()
        if engines.current() is not None:
            catalogue.register_backend(projects.search, suggest.suggest)
