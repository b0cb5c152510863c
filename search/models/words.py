from typing import Any

from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import RevisionMixin

from core import clock
from core.text import is_longer
from search.words import lines


class WordGroup(RevisionMixin, models.Model):
    """Words and phrases that mean the same when people search. It works from the moment it is saved.

    `forms` find each other: a search for one finds texts that hold any of them. `also_typed` works in one direction:
    people type these and mean the forms, but a search for a form does not find texts that hold these.
    """

    forms = models.TextField(
        gettext_lazy("words that mean the same"),
        max_length=lines.MOST_TYPED,
        help_text=gettext_lazy(
            "One word or phrase a line, in Vietnamese with its marks, in English in the singular. A search for one of "
            "them finds texts that have any of them."
        ),
    )
    also_typed = models.TextField(
        gettext_lazy("people also type"),
        max_length=lines.MOST_TYPED,
        blank=True,
        help_text=gettext_lazy(
            "One a line: everyday, wider or older words. A search for one of them finds the words above, but not the "
            "other way round."
        ),
    )
    note = models.CharField(
        gettext_lazy("note"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("For other editors: why the group is as it is."),
    )
    active = models.BooleanField(
        gettext_lazy("active"), default=True, help_text=gettext_lazy("An inactive group is kept and does nothing.")
    )
    created_at = models.DateTimeField(gettext_lazy("created"), default=clock.now, editable=False)
    updated_at = models.DateTimeField(gettext_lazy("changed"), default=clock.now, editable=False)

    class Meta:
        verbose_name = gettext_lazy("group of words")
        verbose_name_plural = gettext_lazy("groups of words")
        ordering = ["pk"]

    def __str__(self) -> str:
        return " = ".join(lines.split(self.forms)[:3])

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            self.updated_at = clock.now()
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "updated_at"}
        super().save(*args, **kwargs)

    @property
    def form_lines(self) -> tuple[str, ...]:
        """The words that find each other, clean."""
        return lines.split(self.forms)

    @property
    def typed_lines(self) -> tuple[str, ...]:
        """The words that only people type, clean."""
        return lines.split(self.also_typed)

    @display(description=gettext_lazy("words that mean the same"))
    def shown_forms(self) -> str:
        """In one line, for lists."""
        return " · ".join(self.form_lines)

    @display(description=gettext_lazy("people also type"))
    def shown_typed(self) -> str:
        """In one line, for lists."""
        return " · ".join(self.typed_lines)

    def clean(self) -> None:
        """Store the lines clean; ValidationError by field for what cannot be used."""
        super().clean()
        errors: dict[str, list[ValidationError]] = {}
        for name in ("forms", "also_typed"):
            text = getattr(self, name)
            if is_longer(text, lines.MOST_TYPED):  # before anything normalises it
                raise ValidationError({name: _("This is too long: write at most %d lines.") % lines.MOST_LINES})
            found = lines.split(text)
            setattr(self, name, "\n".join(found))
            errors[name] = list(lines.problems(found))
        if not any(errors.values()):
            errors = self._together()
        if any(errors.values()):
            raise ValidationError({name: found for name, found in errors.items() if found})

    def _together(self) -> dict[str, list[ValidationError]]:
        """What is wrong with lines that are good one by one."""
        forms, typed = self.form_lines, self.typed_lines
        if not forms:
            return {"forms": [ValidationError(_("Write at least one word that texts use."))]}
        if len(forms) + len(typed) < 2:
            return {"forms": [ValidationError(_("One word alone changes nothing: write a second one, here or below."))]}
        errors: dict[str, list[ValidationError]] = {"forms": [], "also_typed": []}
        for line in lines.repeated([*forms, *typed]):
            name = "forms" if lines.repeated(forms).count(line) else "also_typed"
            errors[name].append(ValidationError(_("“%(line)s” is repeated."), params={"line": line}))
        return errors
