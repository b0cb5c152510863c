import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from accounts import groups
from accounts.models import Role, User
from cms.admin.projects import ProjectViewSet
from cms.models import ContentPage, HomePage, ProjectIndexPage, ProjectPage
from investment.models import Project, ProjectStatus, ProjectStep
from tests.factories.investment import make_page, make_project
from tests.factories.issues import make_user

ROLES = (Role.EDITOR, Role.PUBLISHER, Role.ADMIN)


def signed_in(client, role: Role) -> User:
    groups.ensure_groups()
    user = make_user(role)
    groups.apply_to([user])
    client.force_login(user)
    return user


@pytest.mark.parametrize("role", ROLES)
def test_every_editing_page_opens(site, client, role: Role) -> None:
    signed_in(client, role)
    page = make_page(make_project())
    pages = [page, *(model.objects.first() for model in (HomePage, ProjectIndexPage, ContentPage))]
    addresses = [reverse("wagtailadmin_pages:edit", args=(each.pk,)) for each in pages]
    addresses += [reverse(f"projects:{name}", args=(page.project_id,)) for name in ("edit", "history", "inspect")]
    addresses += [reverse(f"projects:{name}") for name in ("index", "add")]
    addresses += [reverse("wagtailadmin_pages:history", args=(page.pk,))]
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_others_stay_outside(site, client) -> None:
    signed_in(client, Role.LEADER)
    assert client.get(reverse("projects:index")).status_code in (302, 403)


def test_the_status_is_in_no_form() -> None:
    names = {field for panel in ProjectViewSet.panels for field in _fields(panel)}
    assert "name_vi" in names
    assert not {"status", "confirmed_on", "search_text", "form"} & names


def _fields(panel) -> list[str]:
    if hasattr(panel, "children"):
        return [name for child in panel.children for name in _fields(child)]
    return [panel.field_name] if hasattr(panel, "field_name") else []


def test_saving_facts_and_steps(site, client) -> None:
    signed_in(client, Role.EDITOR)
    project = make_project(code="A")
    form = client.get(reverse("projects:edit", args=(project.pk,))).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data = {name: value for name, value in data.items() if value is not False}
    data |= {"place": "xã Đông Anh", "status": "completed"}
    data |= {"steps-TOTAL_FORMS": "1", "steps-INITIAL_FORMS": "0", "steps-MIN_NUM_FORMS": "0"}
    data |= {"steps-MAX_NUM_FORMS": "1000", "steps-0-order": "1", "steps-0-kind": "site_clearance"}
    data |= {"steps-0-name_vi": "Giải phóng mặt bằng", "steps-0-state": "running", "steps-0-done_percent": "40"}
    response = client.post(reverse("projects:edit", args=(project.pk,)), data)
    assert response.status_code == 302, response.context["form"].errors
    saved = Project.objects.get(pk=project.pk)
    assert (saved.place, saved.status) == ("xã Đông Anh", ProjectStatus.PUBLISHED)
    assert " xa dong anh " in saved.search_text
    assert ProjectStep.objects.get(project=saved).done_percent == 40


def test_an_editor_writes_and_a_publisher_publishes(site, client) -> None:
    page = make_page(make_project(), live=False)
    for role, expected in ((Role.EDITOR, False), (Role.PUBLISHER, True)):
        user = signed_in(client, role)
        assert page.permissions_for_user(user).can_edit()
        assert page.permissions_for_user(user).can_publish() is expected
    assert not ProjectPage.objects.get(pk=page.pk).live


def test_the_editor_of_tables_is_served() -> None:
    assert finders.find("typed_table_block/js/typed_table_block.js")
