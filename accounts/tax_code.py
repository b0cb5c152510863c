"""Vietnamese tax codes (mã số thuế).

Ten digits name an enterprise, thirteen a branch (ten, a hyphen, three): both carry a check digit, which
python-stdnum knows. Since 1 July 2025 a household business uses its owner's twelve-digit personal number
(Law on Tax Administration 38/2019/QH14, article 35.7; Circular 86/2024/TT-BTC), which has no check digit but a
readable head: province, century and sex, year of birth.
"""

import re

from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.vn import mst

from core.errors import Invalid

_PERSONAL = re.compile(r"(?P<province>\d{3})(?P<century>\d)(?P<year>\d{2})\d{6}")
# Codes of the 63 provinces of the identity system run from 001 to 096, even ones for most.
_LAST_PROVINCE = 96
_LONGEST = 60  # characters as typed, with spaces and dots


class TaxCodeInvalid(Invalid):
    """The text is no Vietnamese tax code."""

    code = "tax_code_invalid"


def clean_tax_code(text: str) -> str:
    """Return the code in its one written form (`0100109106`, `0100109106-001`, `001089012345`).

    Raises TaxCodeInvalid, with a sentence that says what is expected.
    """
    digits = re.sub(r"[\s.\-]", "", text) if text and len(text) <= _LONGEST else ""
    if len(digits) == 12 and digits.isascii() and digits.isdigit():
        return _personal_number(digits)
    try:
        compact = mst.validate(digits)
    except StdnumError as error:
        raise TaxCodeInvalid(
            _("This is not a valid tax code: 10 digits, 13 with a branch, or 12 for a household business.")
        ) from error
    return compact if len(compact) == 10 else f"{compact[:10]}-{compact[10:]}"


def _personal_number(digits: str) -> str:
    match = _PERSONAL.fullmatch(digits)
    if not match or not 1 <= int(match["province"]) <= _LAST_PROVINCE:
        raise TaxCodeInvalid(_("The first three digits of a 12-digit number are a province code (001 to 096)."))
    return digits
