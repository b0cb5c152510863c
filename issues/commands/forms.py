"""The form of a command: one field for each that the command declares."""

from collections.abc import Sequence
from typing import Any

from django import forms

from issues.commands.fields import Field, Scene


class CommandForm(forms.Form):
    """The form of one command. Validation by the browser is off: its messages would not be ours."""

    use_required_attribute = False

    def __init__(self, fields: Sequence[Field], scene: Scene, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in fields:
            found = one.form_field(scene)
            if found is not None:
                self.fields[one.name] = found
