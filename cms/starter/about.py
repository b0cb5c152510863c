from cms.starter.words import Starter, StarterPair, bullets, callout, heading, paragraph

ABOUT = StarterPair(
    "about",
    Starter(
        "Giới thiệu tổ công tác",
        "gioi-thieu",
        {
            "summary": "Tổ công tác liên ngành giải quyết kiến nghị của doanh nghiệp, nhà đầu tư trong ngày.",
            "footer_group": "about",
        },
        {
            "body": [
                heading("Tổ công tác làm gì"),
                paragraph(
                    "Doanh nghiệp nêu khó khăn, vướng mắc hoặc câu hỏi một lần, ở một nơi. Tổ công tác tìm cơ quan chủ "
                    "trì, mời cơ quan phối hợp khi cần, và chịu trách nhiệm để câu trả lời đến trong ngày."
                ),
                bullets(
                    "Nhận kiến nghị vào mọi giờ: trên trang này, qua điện thoại, tại phường, xã, tại buổi lắng nghe.",
                    "Phân công ngay, và nói rõ vì sao việc được giao cho cơ quan đó.",
                    "Theo dõi thời gian làm việc từng phút; sắp quá hạn thì báo người phụ trách, rồi người đứng đầu.",
                    "Quá hạn thì báo cáo lãnh đạo thành phố; hạn cũ vẫn hiện trên trang của kiến nghị.",
                ),
                heading("Ai tham gia"),
                paragraph(
                    "Các sở, cơ quan ngang sở và những cơ quan trung ương đóng tại thành phố có việc thường xuyên với "
                    "doanh nghiệp. Mỗi cơ quan cử cán bộ trực trong giờ làm việc. Phường, xã tham gia dần: nơi nào "
                    "đang thí điểm thì trang của kiến nghị ghi rõ."
                ),
                heading("Khi các cơ quan không thống nhất"),
                paragraph(
                    "Một cơ quan chỉ được trả lại kiến nghị khi nêu cơ quan đúng thẩm quyền và căn cứ pháp lý. Sau "
                    "{returns}, điều phối viên quyết định và không ai được trả lại nữa."
                ),
                callout(
                    "Việc không thuộc thẩm quyền thành phố",
                    "Tổ công tác nói rõ cơ quan có thẩm quyền và căn cứ, thay vì để kiến nghị nằm chờ.",
                ),
            ]
        },
    ),
    Starter(
        "About the task force",
        "about",
        {
            "summary": "An inter-agency task force that settles proposals of enterprises and investors within the day.",
            "footer_group": "about",
        },
        {
            "body": [
                heading("What it does"),
                paragraph(
                    "An enterprise states its difficulty or question once, in one place. The task force finds the lead "
                    "agency, brings in others where needed, and is responsible for an answer on the same day."
                ),
                bullets(
                    "It takes proposals at any hour: on this site, by telephone, at wards and at listening sessions.",
                    "It assigns them immediately and says why they went to that agency.",
                    "It counts working time to the minute; as it runs short, first the person in charge is notified, "
                    "then the head of the agency.",
                    "When the time is over, the city’s leaders are notified; the old due time stays on the page.",
                ),
                heading("Who belongs to it"),
                paragraph(
                    "The city’s departments, agencies of the same rank, and the central bodies in the city that deal "
                    "with enterprises every day. Each has an officer on duty in office hours. Wards and communes join "
                    "step by step; where one is still a pilot, the page of the proposal says so."
                ),
                heading("When agencies disagree"),
                paragraph(
                    "An agency may return a proposal only by naming the right agency and the legal basis. After "
                    "{returns} the coordinator decides, and nobody may return it again."
                ),
                callout(
                    "Matters beyond the city",
                    "The task force names the competent body and the legal basis without delay.",
                ),
            ]
        },
    ),
)

REGULATIONS = StarterPair(
    "regulations",
    Starter(
        "Quy chế tiếp nhận kiến nghị",
        "quy-che",
        {
            "summary": "Hạn trả lời tính thế nào, khi nào đồng hồ dừng, doanh nghiệp có quyền gì.",
            "footer_group": "about",
        },
        {
            "body": [
                heading("Hạn trả lời"),
                paragraph("{answer_rule} Nộp ngoài giờ, ngày nghỉ hay ngày lễ cũng được; hạn báo ngay khi nộp."),
                bullets(
                    "Tiếp nhận: {acceptance}.",
                    "Phản hồi lần đầu: {first_response}.",
                    "Việc phức tạp: {complex}, do lãnh đạo cho phép; hạn cũ, hạn mới và lý do đều hiện ra.",
                ),
                heading("Khi nào đồng hồ dừng"),
                paragraph(
                    "Chỉ khi cơ quan hỏi thêm doanh nghiệp. Có bổ sung thì đồng hồ chạy tiếp với đúng phần thời gian "
                    "còn lại lúc dừng. {short_pause_rule} Giờ nghỉ trưa, ngày nghỉ và ngày lễ không tính."
                ),
                heading("Sau khi có trả lời"),
                bullets(
                    "Doanh nghiệp xác nhận, chấm điểm, hoặc mở lại trong {reopening} nếu việc chưa xong.",
                    "Sau {silence} không có ý kiến, kiến nghị được đóng và ghi là <b>chưa xác nhận</b>. "
                    "Im lặng không bao giờ được tính là hài lòng.",
                    "Câu trả lời chỉ được công khai khi không lộ bí mật kinh doanh; tên doanh nghiệp luôn được ẩn.",
                ),
            ]
        },
    ),
    Starter(
        "Rules for taking proposals",
        "rules",
        {
            "summary": "How the time limit is counted, when the clock stops, and what an enterprise may do.",
            "footer_group": "about",
        },
        {
            "body": [
                heading("The time limit"),
                paragraph(
                    "{answer_rule} You may file at night, at weekends and on holidays; "
                    "you see the time limit immediately."
                ),
                bullets(
                    "Acceptance: {acceptance}.",
                    "First response: {first_response}.",
                    "Complex matters: {complex} if a leader allows it; the old and the new limit and the reason "
                    "stay visible.",
                ),
                heading("When the clock stops"),
                paragraph(
                    "Only while the agency has asked the enterprise something. With the answer it goes on with exactly "
                    "the time that was left. {short_pause_rule} Lunch breaks, days off and holidays are not counted."
                ),
                heading("After the answer"),
                bullets(
                    "The enterprise confirms and rates it, or reopens within {reopening} if it is not settled.",
                    "After {silence} of silence it is closed and counted as <b>unconfirmed</b>. "
                    "Silence never counts as satisfied.",
                    "An answer is published only if it gives away no business secret; the enterprise is never named.",
                ),
            ]
        },
    ),
)
