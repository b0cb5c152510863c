"""The tests' own foundation: what a committing test leaves behind is gone, what migrations made is back."""

import threading

import pytest
from django.db import connection
from wagtail.models import Locale, Page

from accounts.models import Agency


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", [1, 2])
def test_a_committing_test_leaves_nothing(attempt: int) -> None:
    assert not Agency.objects.filter(code="TST").exists()
    Agency.objects.create(code="TST", name_vi="Thử", level=Agency.Level.BODY)


@pytest.mark.django_db(transaction=True)
def test_rows_of_migrations_come_back_after_they_are_deleted_by_another_connection() -> None:
    def delete() -> None:
        Page.objects.filter(depth=1).first().delete()
        Locale.objects.all().delete()
        connection.close()

    thread = threading.Thread(target=delete)
    thread.start()
    thread.join()


@pytest.mark.django_db
def test_the_root_page_and_a_locale_are_there() -> None:
    assert Page.objects.filter(depth=1).exists()
    assert Locale.objects.exists()
