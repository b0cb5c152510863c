import pytest

from accounts.models import Enterprise
from accounts.tax_code import TaxCodeInvalid, clean_tax_code
from core.errors import Invalid


@pytest.mark.parametrize(
    ("text", "clean", "kind"),
    [
        ("0100109106", "0100109106", "company"),
        (" 0100109106 ", "0100109106", "company"),
        ("0100109106-001", "0100109106-001", "branch"),
        ("0100109106001", "0100109106-001", "branch"),
        ("0100 109 106 001", "0100109106-001", "branch"),
        ("001089012345", "001089012345", "household"),
        ("001.089.012.345", "001089012345", "household"),
    ],
)
def test_valid_codes_have_one_written_form(text, clean, kind):
    assert clean_tax_code(text) == clean
    assert Enterprise.kind_of(clean) == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "abc",
        "0100109107",  # the check digit
        "010010910",  # nine digits
        "01001091060",  # eleven
        "0100109106-000",  # no branch is numbered 000
        "01001091060011",  # fourteen
        "000089012345",  # no province 000
        "097089012345",  # none above 096
        "٠١٠٠١٠٩١٠٦",  # Arabic digits
        "0100109106\x00",
        "۰" * 12,
        "<script>",
    ],
)
def test_garbage_is_refused_with_a_sentence(text):
    with pytest.raises(TaxCodeInvalid) as caught:
        clean_tax_code(text)
    assert isinstance(caught.value, Invalid)
    assert caught.value.message
    assert caught.value.status == 422
