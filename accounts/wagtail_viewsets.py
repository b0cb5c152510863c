"""Management of agencies, enterprises, roles and people in Wagtail, the only administration."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.users.forms import UserForm
from wagtail.users.views.users import IndexView, UserViewSet

from accounts.models import Agency, Enterprise, Membership, User
from accounts.wagtail_deletion import KeepingDeleteView, PersonDeleteView
from core.forms import CleanCharField


class PersonForm(UserForm):
    """A person without the two halves of a name, the superuser switch and the groups, which follow the roles."""

    first_name = None
    last_name = None
    is_superuser = None
    email = forms.EmailField(label=_("E-mail"))
    password_required = False  # without one the person sets it by “Forgot the password?”

    class Meta:
        model = User
        fields = ["email", "name", "phone", "language", "time_format", "is_active"]
        field_classes: ClassVar = {"name": CleanCharField, "phone": CleanCharField}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, commit: bool = True) -> User:
        if not self.instance.password:
            self.instance.set_unusable_password()
        person: User = super().save(commit)
        return person


class PersonEditForm(PersonForm):
    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]


class PersonIndexView(IndexView):
    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    default_ordering = "email"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column_class(TitleColumn)(
                "email", label=_("E-mail"), sort_key="email", get_url=self.get_edit_url
            ),
            Column("name", label=_("Name or post"), sort_key="name"),
            Column("language", label=_("Language"), sort_key="language"),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
        ]

    @cached_property
    def search_fields(self) -> set[str]:
        return {"email", "name", "phone"}


class PersonViewSet(UserViewSet):
    index_view_class = PersonIndexView
    delete_view_class = PersonDeleteView
    menu_label = _("People")
    template_prefix = ""

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonEditForm if for_update else PersonForm


class AgencyViewSet(ModelViewSet):
    model = Agency
    delete_view_class = KeepingDeleteView
    icon = "home"
    menu_label = _("Agencies")
    list_display = ["name_vi", "abbr", "code", "level", "stage", "parent"]
    list_filter = ["level", "stage", "in_task_force", "parent"]
    search_fields = ["name_vi", "name_en", "abbr", "code"]
    ordering = ["name_vi"]
    list_per_page = 50
    inspect_view_enabled = True
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name_vi"),
                FieldPanel("name_en"),
                FieldRowPanel([FieldPanel("abbr"), FieldPanel("code")]),
                FieldRowPanel([FieldPanel("level"), FieldPanel("parent")]),
            ],
            heading=_("Agency"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "stage",
                    help_text=_(
                        "Only a pilot or live agency receives tickets. The parent agency answers for the others."
                    ),
                ),
                FieldPanel("in_task_force"),
                FieldPanel("remit_vi"),
                FieldPanel("email"),
            ],
            heading=_("Work"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude"), FieldPanel("area_km2")]),
                FieldPanel("legacy_districts"),
                FieldPanel("source"),
            ],
            heading=_("Place and source"),
        ),
    ]


class EnterpriseViewSet(ModelViewSet):
    model = Enterprise
    delete_view_class = KeepingDeleteView
    icon = "group"
    menu_label = _("Enterprises")
    list_display = ["name", "tax_code", "kind", "created_at"]
    list_filter = ["kind"]
    search_fields = ["name", "tax_code"]
    ordering = ["name"]
    inspect_view_enabled = True
    panels = [FieldPanel("tax_code"), FieldPanel("name"), FieldPanel("address")]


class MembershipViewSet(ModelViewSet):
    model = Membership
    icon = "key"
    menu_label = _("Roles of people")
    list_display = ["user", "role", "agency", "enterprise"]
    list_filter = ["role", "agency"]
    search_fields = ["user__email", "user__name", "agency__name_vi", "agency__abbr", "enterprise__name"]
    ordering = ["user__email"]
    list_per_page = 50
    panels = [
        FieldPanel("user"),
        FieldPanel("role", help_text=_("Officers and heads need an agency, enterprise members an enterprise.")),
        FieldPanel("agency"),
        FieldPanel("enterprise"),
    ]


class PeopleViewSetGroup(ModelViewSetGroup):
    menu_label = _("People and agencies")
    menu_icon = "group"
    menu_order = 500
    items = (AgencyViewSet, EnterpriseViewSet, MembershipViewSet)
