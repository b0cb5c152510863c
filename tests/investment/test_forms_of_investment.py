import pytest

from investment.forms_of_investment import InvestmentForm, classify


@pytest.mark.parametrize(
    ("published", "form"),
    [
        ("", InvestmentForm.NONE),
        ("  ", InvestmentForm.NONE),
        ("Đối tác công tư (PPP), hợp đồng BOT", InvestmentForm.PPP),
        ("Hợp đồng BOT", InvestmentForm.PPP),
        ("Đấu giá quyền sử dụng đất", InvestmentForm.AUCTION),
        ("đấu giá hoặc đấu thầu", InvestmentForm.AUCTION),  # the first sign of the list decides
        ("Đấu thầu lựa chọn nhà đầu tư", InvestmentForm.BIDDING),
        ("Sơ tuyển", InvestmentForm.BIDDING),
        ("VỐN NGOÀI NGÂN SÁCH", InvestmentForm.PRIVATE),
        ("100% von nuoc ngoai", InvestmentForm.PRIVATE),
        ("Hợp tác khác", InvestmentForm.OTHER),
    ],
)
def test_what_a_published_text_means(published: str, form: InvestmentForm) -> None:
    assert classify(published) is form
