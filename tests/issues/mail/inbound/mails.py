"""The table of mails: what programs send and people write, with the words that are the person's own.

The texts are made up; the forms are those of the programs named.
"""

from dataclasses import dataclass

QUESTION = "Anh/chị cho biết diện tích khu đất và năm xây dựng?"
FOOT = "Anh/chị nhận được thư này vì đang theo dõi kiến nghị KN-2026-0034."
US = "Trong Ngày <no-reply@dautu.example.vn>"
GMAIL_EN = f"On Wed, Nov 18, 2026 at 10:02 AM {US} wrote:"
GMAIL_VI = f"Vào Th 4, 18 thg 11, 2026 vào lúc 10:02 {US} đã viết:"
MARKED = f"> {QUESTION}\n>\n> {FOOT}\n"
OUTLOOK_VI = (
    f"Từ: {US}\nĐã gửi: Thứ Tư, 18 tháng Mười Một 2026 10:02 SA\nĐến: Nguyễn Văn An <an@congty.example.vn>\n"
    f"Chủ đề: [KN-2026-0034] Câu hỏi\n\n{QUESTION}\n\n{FOOT}\n"
)
OUTLOOK_EN = (
    f"From: {US}\nSent: Wednesday, November 18, 2026 10:02 AM\nTo: Nguyen Van An <an@congty.example.vn>\n"
    f"Subject: [KN-2026-0034] Question\n\n{QUESTION}\n\n{FOOT}\n"
)
OWN = "Diện tích là 1.200 m², xây dựng năm 2012.\nGiấy phép số 45/GPXD."
_ZIMBRA_HEAD = f'Từ: "Trong Ngày" <no-reply@dautu.example.vn>\nĐến: "An" <an@congty.example.vn>\nĐã gửi: Thứ Tư, 18 Tháng 11 năm 2026 10:02:11\nChủ đề: Câu hỏi\n\n{QUESTION}\n'
_SAMSUNG_HEAD = (
    f"Từ: {US}\nNgày: 18/11/2026 10:02 (GMT+07:00)\nĐến: an@congty.example.vn\nChủ đề: Câu hỏi\n\n{QUESTION}\n"
)
_GMAIL_HTML_HEAD = (
    '<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Vào Th 4, 18 thg 11, 2026 vào lúc '
    '10:02 Trong Ngày &lt;<a href="mailto:no-reply@dautu.example.vn">no-reply@dautu.example.vn</a>&gt; đã viết:<br></div>'
)
_GMAIL_BLOCK = (
    '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)">'
)
_OUTLOOK_HTML_HEAD = (
    '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b>Từ:</b> Trong '
    "Ngày &lt;no-reply@dautu.example.vn&gt;<br><b>Đã gửi:</b> Thứ Tư, 18 tháng Mười Một 2026 10:02 SA<br><b>Đến:</b> An "
    "&lt;an@congty.example.vn&gt;<br><b>Chủ đề:</b> Câu hỏi<o:p></o:p></p></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
)


@dataclass(frozen=True)
class Mail:
    """One mail. Without `own` its text is refused as having nothing new."""

    name: str
    text: str
    own: str
    is_html: bool = False
    cut: str = ""  # words that have to be in the part that is cut

    @property
    def own_lines(self) -> list[str]:
        """The lines that are the person's, without the quoted ones that stay around them."""
        return [line for line in self.own.split("\n") if line.strip() and not line.startswith(">")]


def _answered(name: str, below: str, *, cut: str = QUESTION, is_html: bool = False, gap: str = "\n\n") -> Mail:
    return Mail(name, f"{OWN}{gap}{below}", OWN, is_html, cut)


_DOCUMENT = (
    "Kính gửi Tổ công tác,\nNgày 12/11/2026 Phòng Quản lý đô thị có văn bản số 45, trong đó viết:\n"
    "Khu đất thuộc quy hoạch cây xanh.\nCông ty không đồng ý với văn bản này.\nĐề nghị xem xét lại."
)
_ROUTE = (
    "Đoạn đường cần sửa:\nTừ: Km0+300\nĐến: Km5+200\nNgày: 12/11/2026\nXe tải không đi được.\nĐề nghị xử lý trong tuần."
)
_DASHES = "Phần một: hồ sơ đã nộp đủ.\n--\nPhần hai: chưa có biên nhận.\nXin kiểm tra giúp."
_MORE = "Công suất của trạm:\n> 500 kVA theo thiết kế\n> 300 kVA theo thực tế\nĐề nghị nâng cấp."
_PAPER = (
    "Trích thư đã gửi:\nTừ: an@congty.example.vn\nĐến: sxd@example.vn\nNgày: 12/11/2026\nChủ đề: Xin cấp phép\n"
    "nhưng đến nay chưa được trả lời."
)
_SINCE = "Hồ sơ đã nộp ở bộ phận một cửa.\nĐã gửi từ ngày 12/11/2026 mà chưa có kết quả."
_TWO_ANSWERS = f"{GMAIL_VI}\n\n> Diện tích khu đất?\n\n1.200 m²\n\n> Năm xây dựng?\n\nNăm 2012.\n\n> {FOOT}\n"

PLAIN = (
    # Programs, text below
    _answered("Gmail, Vietnamese", f"{GMAIL_VI}\n\n{MARKED}"),
    _answered("Gmail, English", f"{GMAIL_EN}\n\n{MARKED}"),
    _answered("Gmail, attribution in two lines", f"{GMAIL_VI.replace(' <', chr(10) + '<')}\n\n{MARKED}"),
    _answered("Gmail, verb on its own line", f"{GMAIL_VI.replace(' đã', chr(10) + 'đã')}\n\n{MARKED}"),
    _answered("Gmail on a phone, other order of the date", f"On Wed, 18 Nov 2026, 10:02 Trong Ngày, <no-reply@dautu.example.vn> wrote:\n\n{MARKED}"),
    _answered("Gmail, no blank line above the attribution", f"{GMAIL_VI}\n{MARKED}", gap="\n"),
    _answered("Gmail, no blank line, two lines", f"{GMAIL_EN.replace(' <', chr(10) + '<')}\n{MARKED}", gap="\n"),
    _answered("Outlook, Vietnamese", f"________________________________\n{OUTLOOK_VI}"),
    _answered("Outlook, Vietnamese, no rule", OUTLOOK_VI),
    _answered("Outlook, English", OUTLOOK_EN),
    _answered("Outlook, names without addresses", OUTLOOK_EN.replace(" <no-reply@dautu.example.vn>", "").replace(" <an@congty.example.vn>", "")),
    _answered("Outlook, original message", f"-----Original Message-----\n{OUTLOOK_EN}"),
    _answered("Outlook for Android", f"Tải Outlook cho Android<https://aka.ms/AAb9ysg>\n________________________________\n{OUTLOOK_VI}"),
    _answered("Thunderbird, English", f"On 18/11/2026 10:02, Trong Ngày wrote:\n{MARKED}"),
    _answered("Thunderbird, Vietnamese", f"Vào 18/11/2026 10:02, Trong Ngày đã viết:\n{MARKED}"),
    _answered("Thunderbird, time first", f"Vào lúc 10:02 ngày 18/11/2026, Trong Ngày đã viết:\n{MARKED}"),
    _answered("Thunderbird, name first", f"Trong Ngày đã viết vào lúc 10:02 18/11/2026:\n{MARKED}"),
    _answered("a name, day behind", f"Trong Ngày <no-reply@dautu.example.vn> đã viết vào lúc 10:02, Thứ Tư, 18 tháng 11, 2026:\n\n{MARKED}"),
    _answered("a name alone", f"Trong Ngày đã viết:\n\n{MARKED}"),
    _answered("a name with its address", f"{US} đã viết:\n\n{MARKED}"),
    _answered("Zimbra, Vietnamese", f"----- Thông điệp gốc -----\n{_ZIMBRA_HEAD}"),
    _answered("Zimbra, marked", f"----- Thông điệp gốc -----\n> Từ: Trong Ngày\n> {QUESTION}\n"),
    _answered("Samsung", f"-------- Thông báo gốc --------\n{_SAMSUNG_HEAD}"),
    _answered("Samsung, English", "-------- Original message --------\n" + OUTLOOK_EN.replace("Sent:", "Date:")),
    _answered("Yahoo, Vietnamese", f"Vào Thứ Tư, 18 tháng 11, 2026 lúc 10:02:11 SA GMT+7, {US} đã viết:\n\n{MARKED}"),
    _answered("Apple Mail", f"Đã gửi từ iPhone của tôi\n\nVào 18 thg 11, 2026, lúc 10:02, {US} đã viết:\n\n{MARKED}"),
    _answered("Apple Mail, nothing marked", f"Sent from my iPhone\n\nOn Nov 18, 2026, at 10:02 AM, {US} wrote:\n\n{QUESTION}\n"),
    _answered("Apple Mail, forwarded", f"Bắt đầu thư được chuyển tiếp:\n\nTừ: {US}\nChủ đề: Câu hỏi\nNgày: lúc 10:02:11 GMT+7, 18 tháng 11, 2026\nĐến: an@congty.example.vn\n\n{QUESTION}\n"),
    _answered("Gmail, forwarded", "---------- Forwarded message ---------\n" + OUTLOOK_EN.replace("Sent:", "Date:")),
    # Additions
    _answered("a phone, Vietnamese", "Đã gửi từ iPhone của tôi\n", cut="iPhone"),
    _answered("a phone, Samsung", "Được gửi từ thiết bị Samsung Galaxy của tôi\n", cut="Samsung"),
    _answered("a phone, Yahoo", "Gửi từ Yahoo Mail trên Android\n", cut="Yahoo"),
    _answered("a phone, English", "Sent from my Galaxy S24 Ultra\n", cut="Galaxy"),
    _answered("a signature", "-- \nNguyễn Văn An\nGiám đốc\n0912 345 678\n", cut="Giám đốc"),
    _answered("a signature above the quotation", f"-- \nNguyễn Văn An\n\n{GMAIL_VI}\n{MARKED}", cut="Nguyễn Văn An"),
    Mail("only a phone", "Đã gửi từ iPhone của tôi\n", "", cut="iPhone"),
    Mail("only a phone and a quotation", f"Đã gửi từ iPhone của tôi\n\n{GMAIL_VI}\n\n{MARKED}", "", cut=QUESTION),
    Mail("only a quotation", f"{GMAIL_VI}\n\n{MARKED}", "", cut=QUESTION),
    # Answers in between and below
    Mail("two answers in between", _TWO_ANSWERS, "> Diện tích khu đất?\n\n1.200 m²\n\n> Năm xây dựng?\n\nNăm 2012.", cut=FOOT),
    Mail("an answer below", f"{GMAIL_VI}\n{MARKED}\n{OWN}\n", OWN, cut=QUESTION),
    Mail("words above and below", f"Chào anh,\n\n{GMAIL_EN}\n> {QUESTION}\n\n{OWN}\n\n-- \nAn\n", f"Chào anh,\n\n{OWN}", cut=QUESTION),
    Mail("an answer below, nothing marked", f"{GMAIL_VI}\n\n{QUESTION}\n\n{OWN}", f"{GMAIL_VI}\n\n{QUESTION}\n\n{OWN}"),
    # What looks like an addition and is the person's own
    Mail("a document that is cited", _DOCUMENT, _DOCUMENT),
    Mail("a document that is cited, and a quotation", f"{_DOCUMENT}\n\n{GMAIL_VI}\n\n{MARKED}", _DOCUMENT, cut=QUESTION),
    Mail("a stretch of a road", f"{_ROUTE}\n{GMAIL_VI}\n{MARKED}", _ROUTE, cut=QUESTION),
    Mail("two dashes", f"{_DASHES}\n\n{OUTLOOK_VI}", _DASHES, cut=QUESTION),
    Mail("more than", _MORE, _MORE),
    Mail("more than, at the end", f"{OWN}\n\n> 500 m² là đất ở", f"{OWN}\n\n> 500 m² là đất ở"),
    Mail("more than, and a quotation", f"> 300 hộ dân bị ảnh hưởng.\n\n{GMAIL_EN}\n{MARKED}", "> 300 hộ dân bị ảnh hưởng.", cut=QUESTION),
    Mail("a mail that is cited", _PAPER, _PAPER),
    Mail("sent since", _SINCE, _SINCE),
    Mail("a sentence with a colon", "Ông Bình, phòng thuế, đã viết:\nHồ sơ thiếu.\nĐiều đó không đúng.", "Ông Bình, phòng thuế, đã viết:\nHồ sơ thiếu.\nĐiều đó không đúng."),
    Mail("a sentence with an address", "Ông Bình <binh@example.vn> viết:\nHồ sơ thiếu.\nĐiều đó không đúng.", "Ông Bình <binh@example.vn> viết:\nHồ sơ thiếu.\nĐiều đó không đúng."),
    Mail("a date, and a quotation right below", f"Vào ngày 12/11/2026 lúc 9:00 chúng tôi đã nộp.\n{US} đã viết:\n{MARKED}", "Vào ngày 12/11/2026 lúc 9:00 chúng tôi đã nộp.", cut=QUESTION),
    Mail("a rule of one's own", "Mục một\n________________________________\nTừ: Cầu Giấy\nĐến: Đống Đa\nMục hai", "Mục một\n________________________________\nTừ: Cầu Giấy\nĐến: Đống Đa\nMục hai"),
)  # fmt: skip

_HTML_OWN = "<div>Diện tích là 1.200 m², xây dựng năm 2012.</div><div>Giấy phép số 45/GPXD.</div>"


def _html(name: str, below: str, *, above: str = _HTML_OWN, own: str = OWN, cut: str = QUESTION) -> Mail:
    return Mail(f"HTML: {name}", f"<html><body>{above}{below}</body></html>", own, is_html=True, cut=cut)


HTML = (
    _html("Gmail", f"<br>{_GMAIL_HTML_HEAD}{_GMAIL_BLOCK}<p>{QUESTION}</p></blockquote></div>"),
    _html(
        "Gmail, answers in between",
        f"{_GMAIL_HTML_HEAD}{_GMAIL_BLOCK}<p>Diện tích?</p></blockquote><div>1.200 m²</div>"
        f"{_GMAIL_BLOCK}<p>Năm?</p></blockquote><div><br></div><div>Năm 2012.</div>{_GMAIL_BLOCK}{FOOT}</blockquote></div>",
        above="<div>Chào anh,</div>",
        own="Chào anh,\n\n> Diện tích?\n1.200 m²\n\n> Năm?\nNăm 2012.",
        cut=FOOT,
    ),
    _html("Outlook, Vietnamese", f"{_OUTLOOK_HTML_HEAD}<p>{QUESTION}</p>"),
    _html(
        "Outlook on the web, only names",
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr"><b>Von:</b> Trong Ngày<br><b>Gesendet:</b> '
        f"18.11.2026<br><b>An:</b> an@congty.example.vn</div><div>{QUESTION}</div>",
    ),
    _html("Outlook 2003", f'<div class="OutlookMessageHeader"><hr>From: {US.replace("<", "&lt;")}</div><p>{QUESTION}</p>'),
    _html(
        "Thunderbird",
        f'<div class="moz-cite-prefix">Vào 18/11/2026 10:02, Trong Ngày đã viết:<br></div><blockquote type="cite" cite="mid:1">{QUESTION}</blockquote>',
    ),
    _html(
        "Zimbra",
        f'<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>Từ: </b>"Trong Ngày" &lt;no-reply@dautu.example.vn&gt;<br><b>Chủ đề: </b>Câu hỏi</div><div data-marker="__QUOTED_TEXT__">{QUESTION}</div>',
    ),
    _html(
        "Apple Mail on a phone",
        '<br><div dir="ltr">Đã gửi từ iPhone của tôi</div><div dir="ltr"><br><blockquote type="cite">Vào 18 thg 11, 2026, lúc '
        f"10:02, Trong Ngày đã viết:<br><br></blockquote></div><blockquote type=\"cite\"><div>{QUESTION}</div></blockquote>",
    ),
    _html("Yahoo", f'<div id="ydp1" class="yahoo_quoted"><div>Vào Thứ Tư, Trong Ngày đã viết:</div><div>{QUESTION}</div></div>'),
    _html("a table", "", above="<table><tr><td>Tầng</td><td><p>Diện tích</p></td></tr><tr><td></td><td>200 m²</td></tr></table>", own="Tầng | Diện tích\n200 m²", cut=""),
    _html("lists", "", above="<ol><li>Giấy phép</li><li>Bản vẽ</li></ol><ul><li>Ảnh</li></ul>", own="1. Giấy phép\n2. Bản vẽ\n\n- Ảnh", cut=""),
    _html("links", "", above='<p>Xem <a href="https://congty.example.vn/ho-so">hồ sơ</a>, <a href="http://a.example.vn/">a.example.vn</a></p>', own="Xem hồ sơ <https://congty.example.vn/ho-so>, a.example.vn", cut=""),
    _html("a hidden first line", "", above='<div style="display:none;max-height:0">Xem trước</div><p>Đồng ý.</p>', own="Đồng ý.", cut=""),
    _html("lines indented by the person", "", above='<p>Điều kiện:</p><blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>Đủ hồ sơ.</div></blockquote>', own="Điều kiện:\n\nĐủ hồ sơ.", cut=""),
    _html("a law that is cited", "", above="<p>Luật quy định:</p><blockquote>Điều 5. Thời hạn là 5 ngày.</blockquote>", own="Luật quy định:\n\n> Điều 5. Thời hạn là 5 ngày.", cut=""),
    _html("a signature of Gmail", '<br><span class="gmail_signature_prefix">-- </span><br><div class="gmail_signature">Nguyễn Văn An</div>', cut="Nguyễn Văn An"),
    _html("an emoji that is an image", "", above='<div>Cảm ơn <img data-emoji="👍" alt="👍" src="x"> <img src="cid:logo" alt="logo.png"></div>', own="Cảm ơn 👍", cut=""),
    _html("paragraphs of Word", "", above='<p class=MsoNormal>Một<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>hai<br>ba</p>', own="Một\n\nhai\nba", cut=""),
    _html("text as it was typed", "", above="<div style='white-space:pre-wrap'>Một\nhai   ba\n\nbốn</div>", own="Một\nhai   ba\n\nbốn", cut=""),
    _html("tags that are left open", "", above="<p>hở <b>chưa đóng <div>dòng <i>hai", own="hở chưa đóng\n\ndòng hai", cut=""),
)  # fmt: skip

MAILS = (*PLAIN, *HTML)
