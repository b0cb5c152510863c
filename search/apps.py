from django.apps import AppConfig

_EDITORS_EDIT = [
    *(f"search.{verb}_wordgroup" for verb in ("view", "add", "change", "delete")),
    "search.view_searchedtext",
]


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        # Models can be imported from here on, not before.
        from accounts import groups  # noqa: PLC0415
        from accounts.models import Role  # noqa: PLC0415
        from investment import catalogue  # noqa: PLC0415
        from issues.events import consumers  # noqa: PLC0415
        from issues.queries import answer_search, ticket_search  # noqa: PLC0415
        from search import answers, documents, following, health, projects, receivers, suggest, tickets  # noqa: PLC0415
        from search.sources import agencies, pages, places, procedures, sectors  # noqa: PLC0415
        from search.sources import answers as answer_source  # noqa: PLC0415
        from search.sources import projects as project_source  # noqa: PLC0415
        from search.sources import tickets as ticket_source  # noqa: PLC0415

        for room in (project_source, pages, answer_source, ticket_source, sectors, agencies, places, procedures):
            documents.register(room.SOURCE)
        consumers.register(following.CONSUMER)
        ticket_search.register(tickets.find_tickets)
        answer_search.register(answers.find_answers)
        receivers.connect()
        catalogue.register_counter(projects.count)
        for role in (Role.EDITOR, Role.PUBLISHER):
            groups.allow(role, *_EDITORS_EDIT)
        catalogue.register_backend(projects.search, suggest.suggest, projects.scan)
        health.register()
