from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.tokens import issue_token
from accounts.models import User
from core.errors import OperationError


class Command(BaseCommand):
    help = "Makes an API token for a person and prints its secret, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="who the token acts for")
        parser.add_argument(
            "--name", default="manage.py issue_token", help="name by which the person recognises the token"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"Nobody active signs in with {options['email']}.")
        try:
            _token, secret = issue_token(actor=user, name=options["name"])
        except OperationError as error:
            raise CommandError(error.message) from error
        self.stdout.write(secret)
