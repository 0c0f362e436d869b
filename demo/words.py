"""Names the demo's people are made of. Any likeness is chance: first and last names are drawn apart."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FAMILY = _words(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai Trịnh Lương Tạ Hà Cao Đoàn"
)
MIDDLE = {
    "f": _words("Thị Thu Thanh Ngọc Kim Bích Hồng Minh Diệu Thùy Mỹ Phương"),
    "m": _words("Văn Đức Quang Minh Hữu Công Xuân Anh Thành Trọng Đình Gia"),
}
GIVEN = {
    "f": _words(
        "An Ánh Bích Cẩm Châu Chi Diễm Dung Duyên Đào Hà Hạnh Hằng Hiền Hoa Hồng Huệ Hương Huyền Khánh Lan Lệ "
        "Liên Linh Loan Ly Mai My Nga Ngân Nguyệt Nhàn Nhung Oanh Phượng Quyên Sen Tâm Thảo Thắm Thoa Thu "
        "Thủy Trang Trâm Tuyết Uyên Vân Xuân Yến"
    ),
    "m": _words(
        "An Ân Bảo Bình Chiến Chính Cường Danh Dũng Duy Đạt Đông Đức Giang Hải Hậu Hiếu Hòa Hùng Hưng Khải "
        "Khoa Kiên Lâm Long Lực Mạnh Nam Nghĩa Nhân Phong Phú Phúc Quân Quý Sáng Sơn Tài Tân Thái Thắng Thịnh "
        "Tiến Toàn Trí Trung Tùng Việt Vinh Vũ"
    ),
}
ETHNICITIES = (*("Kinh",) * 8, "Tày", "Nùng", "Thái", "Mường")
