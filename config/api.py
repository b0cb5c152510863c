"""The HTTP interface, put together. An app adds its calls with one line here:

    from issues.api import router as issues_router
    api.add_router("", issues_router)

Calls need a signed-in person unless they say `auth=OptionalAuth()` (accounts.auth). They raise `core.errors`.
"""

from ninja import NinjaAPI

api = NinjaAPI(
    title="Trong Ngày",
    version="1",
    urls_namespace="api-1",
    docs_url="/docs",
    openapi_url="/openapi.json",
)
