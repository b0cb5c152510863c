"""Says under which name an image was kept whose own name did not fit what it is."""

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from issues.files.content import image_name


def renamings(uploads: Iterable[UploadedFile]) -> list[str]:
    """A sentence for each image that will get another extension. Ask before the files are stored."""
    names = ((upload.name or "", image_name(upload)) for upload in uploads)
    sentence = _("“{name}” holds another kind of image than its name says: it was saved as “{new}”.")
    return [sentence.format(name=name, new=new) for name, new in names if name != new]
