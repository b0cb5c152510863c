from cms.starter.words import Block, Starter, StarterPair


def _milestones(*pairs: tuple[str, str]) -> list[Block]:
    return [{"type": "milestone", "value": {"mark": mark, "words": words}} for mark, words in pairs]


def _ways(*pairs: tuple[str, str]) -> list[Block]:
    return [{"type": "way", "value": {"name": name, "words": words}} for name, words in pairs]


HOME = StarterPair(
    "home",
    Starter(
        "Trong Ngày",
        "trang-chu",
        {
            "opening_title": "Kiến nghị nộp hôm\u00a0nay, trả\u00a0lời trong\u00a0ngày",
            "opening_words": (
                "Tổ công tác liên ngành nhận kiến nghị của doanh nghiệp vào mọi giờ, chuyển đúng cơ quan và trả lời "
                "trước giờ đóng cửa. Doanh nghiệp, cơ quan và lãnh đạo thành phố cùng nhìn một chiếc đồng hồ."
            ),
            "projects_words": (
                "Mỗi dự án ghi nguồn, năm và lần cơ quan đầu mối xác nhận gần nhất. "
                "Chỗ nguồn không nêu thì để “chưa công bố”."
            ),
            "milestones_words": (
                "Tính theo giờ làm việc. Đồng hồ dừng khi cơ quan chờ doanh nghiệp bổ sung và chạy tiếp khi có bổ sung."
            ),
            "ways_title": "Không cần đi lại",
            "ways_words": "Ba cách khác để nộp; hạn trả lời như nhau.",
        },
        {
            "milestones": _milestones(
                ("{acceptance_short}", "Cơ quan chủ trì tiếp nhận, hoặc trả lại kèm căn cứ pháp lý."),
                ("{first_response_short}", "Người phụ trách phản hồi lần đầu."),
                ("Trong ngày", "{answer_rule}"),
                ("{reopening_short}", "Doanh nghiệp được mở lại nếu câu trả lời chưa giải quyết được việc."),
            ),
            "ways": _ways(
                ("Tại 126 phường, xã.", "Cán bộ bộ phận một cửa nộp hộ và in phiếu hẹn có giờ trả lời."),
                ("Qua điện thoại.", "Tổng đài ghi kiến nghị, đọc lại và gửi mã theo dõi bằng tin nhắn."),
                (
                    "Tại buổi lắng nghe doanh nghiệp.",
                    "Mỗi ý kiến phát biểu thành một kiến nghị có mã ngay trong buổi.",
                ),
            ),
        },
    ),
    Starter(
        "Trong Ngày",
        "home-en",
        {
            "opening_title": "Proposals filed today, answered within the day",
            "opening_words": (
                "An inter-agency task force takes enterprises’ proposals at any hour, brings them to the right agency "
                "and answers before closing time. Enterprises, agencies and the city’s leaders look at one clock."
            ),
            "projects_words": (
                "Each project names its source, the year and the last confirmation by its contact agency. "
                "Where the source is silent, the page says “not published”."
            ),
            "milestones_words": (
                "Counted in working time. The clock stops while an agency waits for the enterprise and goes on with "
                "the answer."
            ),
            "ways_title": "No need to travel",
            "ways_words": "Three other ways to file; the time limit is the same.",
        },
        {
            "milestones": _milestones(
                ("{acceptance_short}", "The lead agency accepts, or returns with the legal basis."),
                ("{first_response_short}", "The person in charge responds for the first time."),
                ("Same day", "{answer_rule}"),
                ("{reopening_short}", "The enterprise may reopen if the answer did not settle the matter."),
            ),
            "ways": _ways(
                ("At 126 wards and communes.", "The one-stop desk files for you and prints a slip with the due time."),
                ("By telephone.", "The operator writes it down, reads it back and sends the tracking code by text."),
                ("At a listening session.", "Every point that is raised becomes a proposal with a code on the spot."),
            ),
        },
    ),
)

INDEX = StarterPair(
    "projects",
    Starter(
        "Dự án kêu gọi đầu tư",
        "projects",
        {
            "source_note": (
                "Danh mục lấy từ nguồn công khai của các năm trước. Muốn biết dự án còn mở không, hỏi cơ quan đầu mối: "
                "câu hỏi được trả lời trong ngày."
            )
        },
    ),
    Starter(
        "Projects calling for investment",
        "projects",
        {
            "source_note": (
                "The list comes from public sources of past years. To know whether a project is still open, ask its "
                "contact agency: the question is answered within the day."
            )
        },
    ),
)

SITE_WORDS = {
    "hours_vi": (
        "08:00–12:00 và 13:30–17:30, thứ Hai đến thứ Sáu. Ngoài giờ vẫn nộp được; hạn trả lời được báo ngay khi nộp."
    ),
    "hours_en": (
        "08:00–12:00 and 13:30–17:30, Monday to Friday. You can file at any hour; you see the time limit immediately."
    ),
}
