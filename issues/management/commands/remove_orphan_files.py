from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from issues.files.orphans import OLDER_THAN, remove_orphans


class Command(BaseCommand):
    help = "Removes attached files and original mails that no row knows, left by a process that died before its commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        hours = OLDER_THAN / timedelta(hours=1)
        parser.add_argument("--hours", type=float, default=hours, help=f"only what is older ({hours:g})")
        parser.add_argument("--dry-run", action="store_true", help="list them without deleting")

    def handle(self, *args: Any, **options: Any) -> None:
        found = remove_orphans(older_than=timedelta(hours=options["hours"]), dry_run=options["dry_run"])
        for name in found.orphans:
            self.stdout.write(name)
        done = "found" if options["dry_run"] else "removed"
        self.stdout.write(f"{len(found.orphans)} orphans {done} among {found.files} files")
