"""Compile messages, migrate, with --demo load the demo's data, have the search index made where it is missing: one
process, so that Django starts once."""

import os
import sys
from pathlib import Path

import django
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]


def compile_messages(root: Path = ROOT) -> int:
    """Compile every catalogue that is newer than its compiled form. Returns how many were."""
    compiled = 0
    for source in root.glob("locale/*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        partial = target.with_suffix(".partial")
        with partial.open("wb") as file:
            write_mo(file, catalogue)
        partial.replace(target)
        compiled += 1
    return compiled


def migrate() -> None:
    """Apply waiting migrations; with none waiting, ask once and leave."""
    from django.core.management import call_command  # noqa: PLC0415 - needs the settings
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def main() -> None:
    compile_messages()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - needs the settings
    from django.core.management import call_command, get_commands  # noqa: PLC0415

    if not settings.TN_DEMO:
        call_command("check")  # what the operator should read in the log, such as an address without https
    migrate()
    if "--demo" in sys.argv and "load_demo" in get_commands():
        call_command("load_demo")
    elif not settings.SEARCH_ELASTICSEARCH_URL:
        # The embedded index takes seconds. One on a server may take minutes, for which no start should wait: beat asks
        # a worker for it, and lists come from the database until then.
        call_command("search_rebuild", if_needed=True)


if __name__ == "__main__":
    main()
