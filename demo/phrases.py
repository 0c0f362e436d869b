"""What the demo's people write, in Vietnamese as they would: notes, reasons, answers. Not interface texts."""

NOTES = {
    "TC01": "Gương mẫu trong công việc, được tổ ghi nhận qua các buổi họp.",
    "TC02": "Tác phong chuẩn mực; năm nay nhận thêm việc trực tuần và giữ nền nếp tốt.",
    "TC03": "Hoàn thành đủ các mô đun bồi dưỡng; tự học thêm về thiết kế bài dạy số.",
    "TC04": "Kế hoạch bài dạy điều chỉnh theo từng lớp, có ghi lý do và kết quả sau mỗi chương.",
    "TC05": "Đã thử học theo trạm và dự án nhỏ; học sinh hứng thú hơn, cần thêm thời gian chuẩn bị.",
    "TC06": "Dùng bảng tiêu chí và nhật ký học tập để theo dõi tiến bộ của từng em.",
    "TC07": "Theo dõi riêng ba em chậm tiến bộ, phối hợp với chủ nhiệm và gia đình.",
    "TC08": "Tham gia xây dựng bộ quy tắc ứng xử của lớp và nhắc nhau thực hiện.",
    "TC09": "Lấy ý kiến học sinh qua hòm thư góp ý mỗi tháng, phản hồi trước lớp.",
    "TC10": "Không để xảy ra mất an toàn; đã dạy một tiết về phòng chống bắt nạt.",
    "TC11": "Giữ liên lạc đều với cha mẹ học sinh qua sổ liên lạc điện tử.",
    "TC12": "Cùng cha mẹ lập nhóm học tại nhà cho các em cần kèm thêm.",
    "TC13": "Phối hợp với Đoàn, Đội tổ chức hai hoạt động trải nghiệm cho học sinh.",
    "TC14": "Giao tiếp được những câu đơn giản; đang học thêm buổi tối.",
    "TC15": "Dùng thành thạo phần mềm trình chiếu và lớp học trực tuyến; bắt đầu soạn học liệu số.",
}
WEAK_NOTES = {
    "TC05": "Còn dạy theo lối cũ ở một số bài; mong được dự giờ đồng nghiệp nhiều hơn.",
    "TC06": "Công cụ đánh giá chưa đa dạng, chủ yếu vẫn là bài kiểm tra viết.",
    "TC14": "Chưa tự tin khi giao tiếp bằng tiếng Anh, chưa có chứng chỉ.",
    "TC15": "Mới dùng phần mềm cơ bản; cần người hướng dẫn soạn bài giảng điện tử.",
}
NO_EVIDENCE = "Chưa lưu được minh chứng bằng văn bản; tổ chuyên môn đều biết việc này."

STRENGTHS = (
    "Nhiệt tình, có trách nhiệm, được học sinh và cha mẹ học sinh tin tưởng.",
    "Vững chuyên môn, sẵn sàng chia sẻ với đồng nghiệp trong tổ.",
    "Chuẩn bị bài kĩ, theo dõi sát sự tiến bộ của từng học sinh.",
    "Quản lí lớp tốt, phối hợp nhịp nhàng với gia đình học sinh.",
)
IMPROVEMENTS = (
    "Cần đa dạng hơn về hình thức kiểm tra, đánh giá.",
    "Ngoại ngữ và việc soạn học liệu số còn hạn chế.",
    "Cần mạnh dạn đổi mới phương pháp ở các lớp có nhiều học sinh yếu.",
    "Cần tham gia nhiều hơn các buổi sinh hoạt chuyên môn cụm trường.",
)
GOALS = (
    "Nâng tiêu chí 6 lên một mức trước cuối năm học tới.",
    "Hoàn thành khóa bồi dưỡng ứng dụng công nghệ thông tin cơ bản.",
    "Xây dựng được một chuyên đề dùng chung cho cả tổ.",
)
CONTENT = (
    "Thiết kế công cụ đánh giá theo năng lực.",
    "Soạn bài giảng điện tử.",
    "Dạy học theo dự án.",
)
TIMING = ("Học kì I, các chiều thứ Năm.", "Hè và học kì I.", "Từ tháng 1 đến tháng 4.")
CONDITIONS = (
    "Được dự giờ đồng nghiệp, có máy tính và mạng ổn định.",
    "Được bố trí thời gian sinh hoạt tổ.",
)

LOWER = (
    "Minh chứng mới cho thấy mức thấp hơn; phần giúp đồng nghiệp chưa có biên bản.",
    "Phiếu dự giờ học kì II xếp loại chưa tương ứng với mức tự đánh giá.",
    "Minh chứng gửi kèm thuộc năm học trước, chưa dùng được cho kì này.",
)
HIGHER = (
    "Giáo viên tự đánh giá khiêm tốn: đã hướng dẫn hai đồng nghiệp, có biên bản của tổ.",
    "Tổ chuyên môn và kết quả học sinh đều cho thấy mức cao hơn.",
)
RETURNED = "Đề nghị bổ sung minh chứng cho tiêu chí 5 và 6, hai mục đang dùng chung một phiếu dự giờ."
OBJECTION = "Tôi đề nghị xem lại tiêu chí 6: bộ công cụ đánh giá đã nộp cho tổ ngày 12 tháng 3 nhưng chưa được tính."
UPHELD = "Đã xem lại cùng tổ chuyên môn: bộ công cụ chưa được dùng trong năm học này nên giữ nguyên kết quả."
RECONSIDERED = "Đã nhận được bộ công cụ và biên bản của tổ. Kết quả được xem xét lại."
REOPENED = "Sở nhận được đơn của giáo viên và biên bản của tổ; đề nghị hiệu trưởng xem xét lại tiêu chí 4."
MATERNITY = "Nghỉ thai sản từ tháng 8, chưa đủ thời gian công tác trong kì."
SICK = "Nghỉ ốm dài ngày theo giấy của bệnh viện huyện."
STUDY = "Được cử đi học cao học tập trung trong năm học."

FACT_WITNESSES = (
    "Biên bản họp tổ chuyên môn tháng 10",
    "Biên bản họp cha mẹ học sinh đầu năm",
    "Phó hiệu trưởng phụ trách chuyên môn",
    "Tổ trưởng chuyên môn",
)
EVIDENCE_WORDS = (
    "Bản gốc lưu trong hồ sơ chuyên môn của tổ.",
    "Trích phần liên quan, bản đầy đủ lưu tại trường.",
    "",
)
