"""What stands in a mail about a saved search."""

from collections.abc import Callable

import pytest

from accounts.models import User
from search.models import SavedSearch
from tests.factories.investment import make_project
from tests.search.saved.conftest import sent

Save = Callable[..., SavedSearch]
Jobs = Callable[[], int]


def test_one_mail_tells_all_that_one_change_brought(save: Save, run_jobs: Jobs, an: User) -> None:
    save("sector=transport", name="Đường")
    for number in (1, 2):
        make_project(name_vi=f"Đường {number}", place="Mê Linh", capital_vnd_billion="1200")
    run_jobs()
    [message] = sent()
    assert an.email in message.to[0]
    assert "Đường" in message.subject
    html = str(message.alternatives[0].content)
    for text in (message.body, html):
        assert "Đường 1" in text
        assert "Đường 2" in text
        assert "Mê Linh" in text
        assert "1.200" in text
        assert "http://testserver/vi/projects/" in text
        assert "sector=transport" in text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_in_the_language_of_the_person(language: str, save: Save, run_jobs: Jobs, an: User) -> None:
    User.objects.filter(pk=an.pk).update(language=language)
    save()
    make_project(name_vi="Cầu", name_en="Bridge")
    run_jobs()
    [message] = sent()
    assert ("Bridge" if language == "en" else "Cầu") in message.body
    assert message.extra_headers["Content-Language"] == language
    assert f"/{language}/account/stop/" in message.extra_headers["List-Unsubscribe"]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_many_projects_end_with_a_link_to_the_list(save: Save, run_jobs: Jobs) -> None:
    save()
    for number in range(25):
        make_project(name_vi=f"Cầu số {number}")
    run_jobs()
    [message] = sent()
    assert message.body.count("* Cầu số") == 20
    assert "5" in message.body.rpartition("* Cầu số")[2]
