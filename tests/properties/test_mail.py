"""What a person wrote in a mail survives, whatever stands below it, in every form that programs have."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from issues.mail.inbound.plain import text_of_html
from issues.mail.inbound.quotes import split
from tests.issues.mail.inbound.mails import GMAIL_EN, GMAIL_VI, MARKED, OUTLOOK_EN, OUTLOOK_VI, QUESTION, US

BELOW = (
    f"{GMAIL_VI}\n{MARKED}", f"{GMAIL_EN}\n\n{MARKED}", f"{GMAIL_VI.replace(' <', chr(10) + '<')}\n{MARKED}",
    OUTLOOK_VI,
    OUTLOOK_EN, f"-----Original Message-----\n{OUTLOOK_EN}", f"________________________________\n{OUTLOOK_VI}",
    f"----- Thông điệp gốc -----\n{OUTLOOK_VI}", f"Trong Ngày đã viết vào lúc 10:02 18/11/2026:\n{MARKED}",
    f"{US} đã viết:\n{MARKED}", f"Vào 18/11/2026 10:02, Trong Ngày đã viết:\n{MARKED}",
    f"Bắt đầu thư được chuyển tiếp:\n\n{OUTLOOK_VI}",
)  # fmt: skip
# Sentences of a person, also such that look like what programs write.
SENTENCE = st.one_of(
    st.text(alphabet=st.characters(categories=["L", "Nd", "P", "Sm", "Zs"]), max_size=60),
    st.sampled_from(
        [
            "Từ: Km0+300", "Đến: Km5+200", "Ngày: 12/11/2026", "--", "> 500 m²", "Ngày 12/11/2026 Phòng viết:",
            "Ông Bình viết:", "Vào lúc 9:00 ngày 12/11/2026 chúng tôi đã nộp", "On 18/11/2026 we sent the plan",
            "From: the river", "To: the road", "Gửi từ ngày 12/11/2026", "____", "-----", "an@congty.example.vn", "",
        ]
    ),
)  # fmt: skip
OWN = st.lists(SENTENCE, min_size=1, max_size=6).map("\n".join)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


@given(own=OWN, below=st.sampled_from(BELOW), gap=st.sampled_from(["\n", "\n\n"]))
@example(own="Đủ.", below=BELOW[2], gap="\n")
@example(own="Từ:", below=BELOW[3], gap="\n")
@example(own="Từ: Km0+300\nĐến: Km5+200", below=BELOW[3], gap="\n")
def test_own_words_above_a_quotation_survive(own: str, below: str, gap: str) -> None:
    assume(lines_of(own))
    words = split(f"{own}{gap}{below}")
    assert lines_of(words.own)[: len(lines_of(own))] == lines_of(own)
    if not own.rstrip().endswith(":"):
        assert lines_of(words.own) == lines_of(own)
        assert QUESTION in words.cut


@given(own=OWN)
def test_without_a_quotation_nothing_is_cut(own: str) -> None:
    assume(lines_of(own) and not own.rstrip().split("\n")[-1].lstrip().startswith(">"))
    assert split(own).cut == ""


@given(answers=st.lists(st.text(alphabet="abcđê 0123", min_size=1, max_size=20), min_size=1, max_size=5))
def test_answers_in_between_survive_in_plain_and_in_html(answers: list[str]) -> None:
    assume(all(answer.strip() for answer in answers))
    plain = f"{GMAIL_VI}\n" + "\n".join(f"> Hỏi {n}?\n{answer}" for n, answer in enumerate(answers)) + f"\n{MARKED}"
    block = '<blockquote class="gmail_quote">'
    html = "".join(f"{block}Hỏi {n}?</blockquote><div>{answer}</div>" for n, answer in enumerate(answers))
    attribution = GMAIL_VI.replace("<", "&lt;").replace(">", "&gt;")
    head = f'<div class="gmail_quote"><div class="gmail_attr">{attribution}<br></div>'
    page = f"{head}{html}{block}{QUESTION}</blockquote></div>"
    for text in (plain, text_of_html(page)):
        words = split(text)
        found = [line for line in lines_of(words.own) if not line.startswith(">")]
        assert [" ".join(line.split()) for line in found] == [" ".join(answer.split()) for answer in answers]
        assert QUESTION in words.cut
