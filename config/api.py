"""The HTTP interface, put together. An app adds its calls with one line below:

    api.add_router("", "issues.api.router")

Calls need a signed-in person unless they say `auth=OptionalAuth()` (accounts.auth). They refuse by raising
`core.errors`, which become problems (config.problems). Texts that cannot be stored never reach them (config.parsing).
"""

from accounts.auth import RequiredAuth
from config import problems
from config.openapi import DocumentedAPI
from config.parsing import StrictParser

api = DocumentedAPI(
    title="Trong Ngày",
    version="1",
    description="Projects calling for investment, and proposals resolved within the working day.",
    urls_namespace="api-1",
    docs_url="/docs",
    openapi_url="/openapi.json",
    auth=[RequiredAuth()],
    parser=StrictParser(),
)
problems.install(api)

api.add_router("", "issues.api.events.router")
api.add_router("", "issues.api.tickets.router")
api.add_router("", "issues.api.transitions.router")
api.add_router("", "issues.api.conversation.router")
api.add_router("", "issues.api.consultations.router")
api.add_router("", "issues.api.extensions.router")
api.add_router("", "issues.api.stats.router")
api.add_router("", "investment.api.router")
