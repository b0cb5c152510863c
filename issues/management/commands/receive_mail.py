import os
import sys
from argparse import ArgumentParser
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from issues.actions.receiving import Refused, receive
from issues.mail.inbound.incoming import largest_mail, read

# What a mail server understands (sysexits.h): the text on standard output becomes part of its bounce.
_WRONG, _LATER = os.EX_DATAERR, os.EX_TEMPFAIL
_CODES = {404: os.EX_NOUSER, 403: os.EX_NOPERM, 401: os.EX_NOPERM}


class Command(BaseCommand):
    help = "Take one mail from standard input, as a mail server hands it over: the answer of a person on a ticket."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--recipient", default="", help="the address it is for; by default those of its headers")

    def handle(self, *args: Any, recipient: str = "", **options: Any) -> None:
        raw = sys.stdin.buffer.read(largest_mail() + 1)  # one byte more shows that it is too large
        try:
            mail = read(raw)
        except Exception:  # the parser of the standard library is not proof against every broken mail
            self._refuse("This mail cannot be read.", _WRONG)
        try:
            with translation.override(settings.LANGUAGE_CODE):
                taken = receive(mail, recipient=recipient)
        except Refused as error:
            self._refuse(str(error), _CODES.get(error.status, _WRONG))
        except Exception as error:
            # The mail server keeps it and tries again: nothing is lost while the database is away.
            self.stderr.write(f"temporary failure: {type(error).__name__}")
            raise SystemExit(_LATER) from error
        self.stderr.write(taken.value)

    def _refuse(self, sentence: str, code: int) -> NoReturn:
        self.stdout.write(sentence)
        raise SystemExit(code)
