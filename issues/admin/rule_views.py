"""Pages of routing rules in the administration: list, rule with its history, form with a dry run, restoring."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView, InspectView

from accounts import people
from core import clock, wording
from core.errors import NotAllowed, OperationError
from issues import routing, rules
from issues.actions import routing_rules
from issues.actor import Actor
from issues.assignment import decisions
from issues.models import RoutingRule, RoutingRuleVersion
from issues.queries.rule_offers import offered_rule, open_offer
from issues.queries.rule_trial import RuleReport, report_on, try_rule, warnings_of
from issues.queries.rule_words import SHOWN_VALUES, RuleWords

TRY = "action-try"


@dataclass(frozen=True)
class ListedRule:
    """What the list says about a rule beside its name."""

    url: str
    sentence: str
    report: RuleReport
    active: bool


class RuleColumn(Column):
    """Name, sentence, evidence and warnings of a rule, in one cell that reads well on a telephone."""

    cell_template_name = "issues/admin/rule_cell.html"

    def __init__(self, listed: Callable[[RoutingRule], ListedRule]) -> None:
        super().__init__("name", label=gettext_lazy("Rule"), accessor=str)
        self._listed = listed

    def get_cell_context_data(self, instance: RoutingRule, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "row": self._listed(instance)}


class RuleIndexView(IndexView):
    """All rules in the order in which they are tried."""

    @cached_property
    def columns(self) -> list[Column]:
        return [RuleColumn(self.listed)]

    @cached_property
    def _words(self) -> RuleWords:
        return RuleWords()

    @cached_property
    def _reports(self) -> dict[Any, RuleReport]:
        return report_on(RoutingRule.objects.all(), self._words)

    def listed(self, rule: RoutingRule) -> ListedRule:
        """What the list shows of one rule; the reports on all of them are made once."""
        sentence = self._words.sentence_of(rule, shown=SHOWN_VALUES)
        return ListedRule(reverse("routingrule:inspect", args=[rule.pk]), sentence, self._reports[rule.pk], rule.active)


class RulePageView(InspectView):
    """One rule: its sentence, what is wrong with it, and its history in words."""

    template_name = "issues/admin/rule_page.html"
    page_title = gettext_lazy("Rule")

    def get_fields_context(self) -> list[Any]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        words, rule = RuleWords(), self.object
        return {
            **context,
            "sentence": words.sentence_of(rule),
            "report": report_on(RoutingRule.objects.all(), words)[rule.pk],
            "history": history_of(rule, words),
            "may_edit": rules.may_edit_rules(self.request.user),
            "now": clock.now(),
        }


def history_of(rule: RoutingRule, words: RuleWords) -> list[dict[str, Any]]:
    """The versions of a rule, newest first, each with what changed from the one before."""
    rows = list(rule.versions.select_related("rule", "saved_by"))
    pure = [decisions.rule_of(row.as_rule()) for row in rows]
    return [
        {
            "row": row,
            "is_current": row.version == rule.version,
            "sentence": words.sentence(pure[index]),
            "differences": words.differences(routing.differences(pure[index + 1], pure[index]))
            if index + 1 < len(rows)
            else [],
        }
        for index, row in enumerate(rows)
    ]


class _Tries:
    """A form of a rule with a second button: try it on the last tickets, save nothing, keep what was typed."""

    request: HttpRequest
    form: Any

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if TRY not in request.POST:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        self.object: Any = self.get_object() if "pk" in self.kwargs else None  # type: ignore[attr-defined]
        self.form = self.get_form()  # type: ignore[attr-defined]
        if not self.is_valid(self.form):  # type: ignore[attr-defined]
            return self.form_invalid(self.form)  # type: ignore[attr-defined]
        return self.render_to_response(self.get_context_data(form=self.form, **self._tried()))  # type: ignore[attr-defined]

    def _tried(self) -> dict[str, Any]:
        words, candidate = RuleWords(), self.form.instance
        return {
            "sentence": words.sentence_of(candidate),
            "rule_warnings": warnings_of(candidate, words),
            "has_unsaved_changes": True,
            **trial_context(self.request, candidate, words),
        }


def trial_context(
    request: HttpRequest, rule: RoutingRule, words: RuleWords, *, without: bool = False
) -> dict[str, Any]:
    """What the table of a dry run needs."""
    trial = try_rule(rule, people.of(request.user), words=words, without=without)
    return {
        "trial": trial,
        "today": timezone.localdate(clock.now()),
        "trial_day": wording.local_date(trial.day),
    }


class RuleCreateView(_Tries, CreateView):
    """A new rule, empty or filled in from the decision that suggested it (`?offer=`)."""

    submit_button_label = gettext_lazy("Save the rule")

    @cached_property
    def _offer(self) -> Any:
        return open_offer(self.request.GET.get("offer") or self.request.POST.get("offer"))

    def get_initial_form_instance(self) -> RoutingRule:
        return offered_rule(self._offer)

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_initial()
        if self._offer is not None:
            initial |= {"offer": self._offer.pk, "change_reason": self._offer.decision.reason}
        return initial

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**{"offered": self._offer, **kwargs})
        if self._offer is not None and "sentence" not in context:
            context["sentence"] = RuleWords().sentence_of(offered_rule(self._offer))
        return context


class RuleEditView(_Tries, EditView):
    submit_button_label = gettext_lazy("Save the rule")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if "sentence" not in context:
            words, saved = RuleWords(), RoutingRule.objects.get(pk=self.object.pk)
            context |= {"sentence": words.sentence_of(saved), "rule_warnings": warnings_of(saved, words)}
        return context


def try_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """What a saved rule does to the last tickets: the rules with it, compared with the rules without it."""
    rule = _rule_for(request, pk)
    words = RuleWords()
    context = {"rule": rule, "sentence": words.sentence_of(rule), **trial_context(request, rule, words, without=True)}
    return render(request, "issues/admin/rule_try.html", context)


def restore(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Show what restoring a version would change; restore it on POST."""
    rule = _rule_for(request, pk)
    former = get_object_or_404(RoutingRuleVersion.objects.select_related("rule"), rule=rule, version=version)
    back = redirect("routingrule:inspect", pk)
    if request.method == "POST":
        try:
            routing_rules.restore_rule(actor=Actor.of(request.user), rule=rule, version=version)
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error
        except OperationError as error:
            messages.error(request, error.message)
            return back
        messages.success(request, _("Version {version} of the rule is restored.").format(version=version))
        return back
    words, was = RuleWords(), former.as_rule()
    context = {
        "rule": rule,
        "former": former,
        "sentence": words.sentence_of(was),
        "differences": words.differences(routing.differences(decisions.rule_of(rule), decisions.rule_of(was))),
        **trial_context(request, was, words),
    }
    return render(request, "issues/admin/rule_restore.html", context)


def _rule_for(request: HttpRequest, pk: int) -> RoutingRule:
    """The rule, for people who may edit rules."""
    if not rules.may_edit_rules(request.user):
        raise PermissionDenied
    return get_object_or_404(RoutingRule, pk=pk)
