from cms.starter.words import Starter, StarterPair, bullets, callout, heading, paragraph

GUIDE = StarterPair(
    "guide",
    Starter(
        "Hướng dẫn",
        "huong-dan",
        {"summary": "Nộp kiến nghị, theo dõi, trả lời cơ quan và tìm dự án.", "footer_group": "help"},
        {
            "body": [
                heading("Nộp kiến nghị"),
                bullets(
                    "Đăng nhập bằng tài khoản của doanh nghiệp có mã số thuế.",
                    "Viết tiêu đề ngắn và kể rõ việc gì, ở đâu, từ bao giờ, đã nộp hồ sơ nào. Đính kèm nếu có.",
                    "Trước khi gửi, trang cho biết việc sẽ đến cơ quan nào, vì sao, và hạn trả lời.",
                ),
                heading("Theo dõi"),
                paragraph(
                    "Trang của kiến nghị tự cập nhật: ai đang giữ việc, đã dùng bao nhiêu thời gian, còn bao nhiêu. "
                    "Mất kết nối thì trang nói rõ số liệu lúc mấy giờ."
                ),
                heading("Khi cơ quan hỏi thêm"),
                paragraph("Đồng hồ dừng cho đến khi doanh nghiệp trả lời ngay trên trang của kiến nghị."),
                heading("Tìm dự án"),
                paragraph(
                    "Gõ không dấu cũng được. Lọc theo địa phương, lĩnh vực, vốn và diện tích; tải danh sách đã lọc về "
                    "máy. Thẻ trên mỗi dự án cho biết nguồn và năm của nguồn."
                ),
            ]
        },
    ),
    Starter(
        "Guide",
        "guide",
        {"summary": "File a proposal, follow it, answer the agency, find projects.", "footer_group": "help"},
        {
            "body": [
                heading("File a proposal"),
                bullets(
                    "Sign in with the account of an enterprise that has a tax code.",
                    "Write a short title, then what happened, where, since when, and which papers were filed. "
                    "Attach what you have.",
                    "Before you send it, the page shows which agency it will go to, why, and the due time.",
                ),
                heading("Follow it"),
                paragraph(
                    "The page of a proposal keeps itself up to date: who holds it, how much time is used, how much is "
                    "left. If the connection is lost, the page shows the time of its figures."
                ),
                heading("When the agency asks something"),
                paragraph("The clock stops until you answer on the page of the proposal."),
                heading("Find projects"),
                paragraph(
                    "Typing without Vietnamese marks is fine. Narrow down by place, sector, capital and area, and "
                    "download the list you see. The tag on each project gives its source and the year of it."
                ),
            ]
        },
    ),
)

WARD = StarterPair(
    "ward",
    Starter(
        "Nộp tại phường, xã",
        "nop-tai-phuong-xa",
        {"summary": "Không có máy tính hay tài khoản vẫn nộp được, hạn trả lời như nhau.", "footer_group": "help"},
        {
            "body": [
                paragraph(
                    "Đến bộ phận một cửa của bất kỳ phường, xã nào trong thành phố, không cần đúng nơi đặt trụ sở. "
                    "Cán bộ ghi kiến nghị thay doanh nghiệp và đọc lại trước khi gửi."
                ),
                heading("Mang theo"),
                bullets("Mã số thuế của doanh nghiệp.", "Giấy tờ liên quan, bản chụp cũng được.", "Số điện thoại."),
                heading("Nhận về"),
                paragraph(
                    "Phiếu hẹn có mã kiến nghị, cơ quan chủ trì, giờ phải trả lời và mã để xem tiến độ. Có trả lời thì "
                    "phường, xã gọi báo; không phải đến lần thứ hai."
                ),
                callout("Nơi chưa kết nối", "Phường, xã chưa kết nối vẫn nhận và chuyển ngay cho tổng đài trong buổi."),
            ]
        },
    ),
    Starter(
        "Filing at a ward or commune",
        "filing-at-a-ward",
        {"summary": "No computer and no account needed; the time limit is the same.", "footer_group": "help"},
        {
            "body": [
                paragraph(
                    "Go to the one-stop desk of any ward or commune in the city, not only that of your registered "
                    "address. The officer writes the proposal for you and reads it back before sending it."
                ),
                heading("Bring"),
                bullets(
                    "The tax code of the enterprise.", "The relevant documents; copies are enough.", "A phone number."
                ),
                heading("Take home"),
                paragraph(
                    "A slip with the code, the lead agency, the time by which it must answer, and how to follow it. "
                    "The ward calls when there is an answer; you need not come again."
                ),
                callout("Where a ward is not connected yet", "It still takes the proposal and passes it on by phone."),
            ]
        },
    ),
)

DAY_BAR = StarterPair(
    "day-bar",
    Starter(
        "Cách đọc thanh ngày",
        "cach-doc-thanh-ngay",
        {"summary": "Một thanh là một ngày làm việc; học một lần, đọc được ở mọi trang.", "footer_group": "help"},
        {
            "body": [
                paragraph(
                    "Thanh chạy từ giờ mở cửa đến giờ đóng cửa, giờ nghỉ trưa là khoảng trống. Câu chữ đứng cạnh luôn "
                    "nói đúng điều thanh vẽ; chỉ đọc câu cũng đủ."
                ),
                bullets(
                    "Ngoặc mở <b>[</b>: lúc nhận. Ngoặc đóng <b>]</b>: hạn trả lời.",
                    "Ngoặc đóng nét đứt: hạn cũ, trước khi đồng hồ dừng hoặc trước khi gia hạn.",
                    "Kim: bây giờ. Phần đậm: thời gian đã dùng. Phần nhạt có viền: thời gian còn lại.",
                    "Phần gạch chéo: đồng hồ dừng, chờ doanh nghiệp.",
                    "Màu hổ phách: còn dưới một phần tư thời gian. Màu đỏ, cao hơn thanh: quá hạn.",
                ),
                heading("Nhiều thanh cạnh nhau"),
                paragraph(
                    "Trên bảng việc và màn hình công cộng, mọi thanh cùng là ngày hôm nay nên các kim thẳng hàng. "
                    "Không có ngoặc mở là việc nhận từ hôm trước; không có ngoặc đóng là hạn vào ngày sau."
                ),
            ]
        },
    ),
    Starter(
        "How to read the day bar",
        "how-to-read-the-day-bar",
        {"summary": "One bar is one working day. Learn it once and read it on every page.", "footer_group": "help"},
        {
            "body": [
                paragraph(
                    "The bar runs from opening to closing time; the lunch break is a gap. The sentence beside it "
                    "always says what the bar shows, so reading the sentence alone is enough."
                ),
                bullets(
                    "Opening bracket <b>[</b>: received. Closing bracket <b>]</b>: due.",
                    "Dashed closing bracket: the earlier due time, before a pause or an extension.",
                    "Needle: now. Solid: time used. Pale with an edge: time left.",
                    "Hatched: the clock is paused, waiting for the enterprise.",
                    "Amber: less than a quarter of the time is left. Red and taller than the bar: overdue.",
                ),
                heading("Many bars together"),
                paragraph(
                    "On the board and the public screen every bar is today, so the needles line up. No opening bracket "
                    "means it was received earlier; no closing bracket means it is due later."
                ),
            ]
        },
    ),
)

ACCESSIBILITY = StarterPair(
    "accessibility",
    Starter(
        "Tuyên bố về khả năng tiếp cận",
        "kha-nang-tiep-can",
        {"summary": "Trang này nhằm để mọi người dùng được, bằng mọi cách đọc và gõ.", "footer_group": "help"},
        {
            "body": [
                paragraph("Mục tiêu là chuẩn WCAG 2.2 mức AA. Cụ thể:"),
                bullets(
                    "Mọi việc làm được chỉ bằng bàn phím, và không phải kéo thả.",
                    "Mọi hình vẽ, màu và biểu tượng đều có câu chữ nói cùng điều đó.",
                    "Chữ phóng to gấp đôi không mất nội dung; trang theo chế độ tối và tương phản cao của máy.",
                    "Tắt chuyển động trong máy thì trang đứng yên.",
                    "Không có JavaScript vẫn đọc, tìm và nộp được.",
                ),
                heading("Còn hạn chế"),
                paragraph(
                    "Tài liệu PDF do cơ quan khác ban hành có thể là bản quét, trình đọc màn hình không đọc được."
                ),
                heading("Gặp chỗ khó dùng"),
                paragraph("Hãy nộp như một kiến nghị, chọn loại “khác”; tổ công tác trả lời trong ngày."),
            ]
        },
    ),
    Starter(
        "Accessibility statement",
        "accessibility",
        {
            "summary": "This site is meant to be usable by everybody, however they read and type.",
            "footer_group": "help",
        },
        {
            "body": [
                paragraph("The aim is WCAG 2.2, level AA. In particular:"),
                bullets(
                    "Everything can be done with the keyboard alone, and nothing needs dragging.",
                    "Every drawing, colour and icon has words beside it that say the same.",
                    "Text at twice its size loses nothing; the dark and high-contrast modes of your device are kept.",
                    "With reduced motion set on your device, nothing moves.",
                    "Reading, searching and filing work without JavaScript.",
                ),
                heading("What falls short"),
                paragraph("PDF files issued by other bodies may be scans, which screen readers cannot read."),
                heading("If something is hard to use"),
                paragraph("File it as a proposal of the category “other”; the task force answers within the day."),
            ]
        },
    ),
)
