"""Images and documents of editors pass the same check by their content as files of tickets."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from issues.files import content
from issues.files.findings import NotAccepted


def _checked(file: Any) -> Any:
    """The file of a form, once it has passed; one that was kept before is not looked at again."""
    if isinstance(file, UploadedFile):
        try:
            content.look_at(file, allowed=content.EDITORIAL_TYPES)
        except NotAccepted as refused:
            raise ValidationError(refused.sentence, code=refused.finding.name.lower()) from None
    return file


class ImageForm(BaseImageForm):
    """An image gets the extension of what it is, so that Wagtail does not refuse it for its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upload = self.files.get(self.add_prefix("file"))
        if upload is not None:
            upload.name = content.image_name(upload)

    def clean_file(self) -> Any:
        return _checked(self.cleaned_data["file"])


class DocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        return _checked(self.cleaned_data["file"])
