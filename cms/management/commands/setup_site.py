from typing import Any

from django.core.management.base import BaseCommand

from cms.setup import setup_site


class Command(BaseCommand):
    help = "Create the pages that a site needs, in both languages. Existing pages are not changed."

    def handle(self, *args: Any, **options: Any) -> None:
        site = setup_site()
        self.stdout.write(f"The site stands: {site.root_url}")
