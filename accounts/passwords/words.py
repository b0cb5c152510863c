"""Words of which Vietnamese people make passwords that others guess first: names, places, phrases.

Written with their marks, from which the other ways to type them follow by rule (`typing_habits.py`).
"""

FAMILY_NAMES = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn Trương Lâm Cao Lương Phùng Tạ
Tô Hà Quách Thái Chu Châu Kiều Tống Triệu Đào Vương La Mạc Thạch Lưu Nghiêm Doãn Khổng Văn Thị Hữu Đức Công Quốc Đình
Bá
"""
GIVEN_NAMES = """
An Anh Ánh Bảo Bắc Bích Bình Cúc Cường Chi Chiến Chính Chung Dung Dũng Duy Duyên Đại Đạt Điệp Đông Đức Giang Hà Hải
Hạnh Hằng Hân Hậu Hiền Hiếu Hiệp Hòa Hoa Hoài Hoan Hồng Huệ Hùng Huy Huyền Hương Hường Khang Khánh Khải Khoa Khôi Khuê
Kiên Kiệt Kim Lan Lâm Liên Linh Loan Long Lộc Lợi Luân Ly Mai Mạnh Minh Mỹ My Nam Nga Ngân Nghĩa Ngọc Nguyên Nhân Nhật
Nhi Nhung Như Oanh Phát Phong Phú Phúc Phụng Phước Phương Phượng Quân Quang Quế Quỳnh Quyên Quyết Quý Sơn Sang Sáng
Tâm Tân Tài Tấn Thảo Thanh Thành Thắng Thắm Thế Thiện Thịnh Thoa Thu Thuận Thủy Thùy Thúy Thư Thương Tiến Tín Toàn
Trang Trà Trâm Trân Trí Trinh Trọng Trúc Trung Trường Tú Tuấn Tùng Tuyền Tuyết Uyên Vân Vi Việt Vinh Vũ Vy Xuân Yến Ý
"""
# Provinces and cities, those of before July 2025 too, and places that people are from.
PLACES = """
Hà Nội, Hải Phòng, Đà Nẵng, Cần Thơ, Huế, Sài Gòn, Hồ Chí Minh, An Giang, Bà Rịa, Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc
Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Đắk Lắk, Đắk Nông, Điện Biên,
Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Tây, Hà Tĩnh, Hải Dương, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa,
Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú
Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái
Nguyên, Thanh Hóa, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái, Việt Nam, Hạ Long, Nha Trang, Đà
Lạt, Hội An, Phú Quốc, Thủ Đức, Hà Đông, Long Biên, Cầu Giấy, Hoàn Kiếm, Ba Đình, Tây Hồ
"""
PHRASES = """
mật khẩu, mật mã, của tôi, của em, của anh, anh, em, yêu, thương, nhớ, nhiều, lắm, mãi mãi, suốt đời, trọn đời, vợ,
chồng, con, bố, mẹ, ba, má, cha, ông, bà, tôi, mình, gia đình, tình yêu, hạnh phúc, may mắn, phát tài, phát lộc, tài
lộc, sức khỏe, bình an, thành công, vô địch, số một, cố lên, xin chào, chào, chúc mừng, năm mới, không quên, không
biết, quên, đất nước, bóng đá, hoa hồng, con gái, con trai, công ty, doanh nghiệp, đầu tư, trong ngày, kiến nghị,
thành phố, ủy ban, nhân dân, kế toán, giám đốc, quản trị, tài chính, xây dựng, kinh doanh, hành chính, văn phòng,
tnhh, tổ công tác
"""
# Keys in a row that are too short to be seen as a walk, and words of sign-in pages.
SHORT_WALKS = "qaz wsx edc rfv tgb yhn ujm qwe asd zxc abc xyz admin login user test demo pass"
