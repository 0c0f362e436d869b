"""The demo's mentoring: a pair well under way, one that waits for an answer, one over time, and what else happens."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from demo.places import MAIN_SCHOOL
from evaluations.models import Evaluation
from mentoring.enums import EndReason, PairingAction, PairingStatus
from mentoring.models import Meeting, Note, Pairing, PairingEvent
from people.enums import TEACHERS, Role
from people.models import Membership, Unit, User
from standards.models import Criterion, FrameworkVersion

MEETINGS = (
    (
        33,
        "Làm quen và chọn hai tiêu chí để cùng làm",
        ("TC06", "TC15"),
        "Mai gửi hai đề kiểm tra gần đây. Giang chuẩn bị bảng tiêu chí mẫu. Gặp lại sau hai tuần, thứ Năm, tiết 5.",
        "mentor",
        {
            "mentor": "Mai lo nhiều về việc bị so sánh. Lần sau bắt đầu từ những tiết dạy tốt của em ấy.",
            "teacher": "Chị Giang lắng nghe. Mình đỡ ngại hỏi hơn nhiều.",
        },
    ),
    (
        19,
        "Xem lại hai đề kiểm tra và viết bảng tiêu chí",
        ("TC06",),
        "Mai dùng bảng tiêu chí ở lớp 7A2 tuần tới, ghi lại ba điều học sinh hỏi. Giang dự giờ 15 phút đầu.",
        "teacher",
        {"mentor": "Dự giờ 7A2 thứ Ba tiết 2. Chỉ nhìn phần đầu giờ như đã hẹn."},
    ),
    (
        5,
        "Sau giờ dạy thử: học sinh tự chấm theo bảng tiêu chí",
        ("TC06", "TC05"),
        "Rút bảng còn bốn dòng. Lần tới xem cách đưa bảng vào lớp học trực tuyến.",
        "mentor",
        {},
    ),
)


class PairMaker:
    """Pairings with the dates of the past, told from the outside: events and meetings as they would have been."""

    def __init__(self, units: dict[str, Unit], named: dict[str, User], version: FrameworkVersion):
        self.units, self.named = units, named
        self.criteria = {row.code: row for row in Criterion.objects.filter(version=version).order_by("number")}
        self.today = timezone.localdate()
        self.taken: set[int] = {user.pk for user in named.values()}

    def make_all(self) -> None:
        """Every pairing of the demo."""
        self._under_way()
        self._waiting()
        self._declined()
        self._over()
        self._completed()
        self._conflict()

    def _under_way(self) -> None:
        """The pair of the accounts `mentor` and `teacher`, with meetings and notes."""
        pairing = self._pair(
            self.units[MAIN_SCHOOL],
            self.named["mentor"],
            self.named["teacher"],
            by=self.named["head"],
            begins=-40,
            lasts=180,
            focus=("TC06", "TC15"),
            purpose="Đổi mới kiểm tra, đánh giá và bước đầu soạn học liệu số, mỗi hai tuần gặp một lần.",
        )
        self._accepted(pairing, 39, 38, "Rất vui được đi cùng Mai.")
        for days, topic, focus, steps, by, notes in MEETINGS:
            meeting = self._meet(pairing, days, topic, steps, focus, self.named[by])
            Note.objects.bulk_create(
                Note(meeting=meeting, author=self.named[author], text=text, revision=1)
                for author, text in notes.items()
            )

    def _waiting(self) -> None:
        """Two proposals: one waits for the group leader, one for both."""
        mentee = self._somebody(f"{MAIN_SCHOOL}-nv", "D")
        pairing = self._pair(
            self.units[MAIN_SCHOOL],
            self.named["leader"],
            mentee,
            by=self.named["head"],
            begins=3,
            lasts=150,
            focus=("TC15",),
            purpose="Soạn bài giảng điện tử môn Ngữ văn.",
            asked=2,
        )
        self._event(pairing, PairingAction.ACCEPT, mentee, 1)
        Pairing.objects.filter(pk=pairing.pk).update(mentee_accepted_at=self._at(1))
        school = self.units["th-hoa-nang"]
        self._pair(
            school,
            self._somebody("th-hoa-nang-k23", "T"),
            self._somebody("th-hoa-nang-k45", "D"),
            by=self.named["head2"],
            begins=7,
            lasts=120,
            focus=("TC05",),
            purpose="",
            asked=1,
        )

    def _declined(self) -> None:
        mentor, mentee = self._somebody("th-canh-dieu-k1", "T"), self._somebody("th-canh-dieu-k45", "D")
        pairing = self._pair(
            self.units["th-canh-dieu"], mentor, mentee, by=self.named["officer"], begins=-20, lasts=120, focus=("TC07",)
        )
        words = "Kì này tôi dạy thay hai lớp, không đủ thời gian để đi cùng cho tử tế. Kì II tôi sẵn sàng."
        Pairing.objects.filter(pk=pairing.pk).update(
            status=PairingStatus.DECLINED, declined_by=mentor, closing_words=words
        )
        self._event(pairing, PairingAction.DECLINE, mentor, 18, words)

    def _over(self) -> None:
        """The period ended a few days ago: somebody has to say how it goes on."""
        mentor, mentee = self._somebody("th-thcs-doi-sim-nv", "T"), self._somebody("th-thcs-doi-sim-nk", "D")
        pairing = self._pair(
            self.units["th-thcs-doi-sim"],
            mentor,
            mentee,
            by=self.named["officer"],
            begins=-95,
            lasts=92,
            focus=("TC05", "TC07"),
            purpose="Dạy học phân hóa ở lớp ghép.",
        )
        self._accepted(pairing, 94, 93)
        for days in (80, 52, 24):
            self._meet(pairing, days, "Dự giờ và trao đổi sau giờ dạy", "Thử lại ở lớp khác.", ("TC05",), mentor)

    def _completed(self) -> None:
        mentor, mentee = self._somebody("thcs-gio-mua-tt", "T"), self._somebody("thcs-gio-mua-khtn", "D")
        pairing = self._pair(
            self.units["thcs-gio-mua"],
            mentor,
            mentee,
            by=self.named["officer"],
            begins=-330,
            lasts=180,
            focus=("TC06",),
            purpose="Xây dựng ngân hàng câu hỏi dùng chung.",
        )
        self._accepted(pairing, 329, 328)
        for days in (300, 270, 240, 200, 165):
            self._meet(pairing, days, "Góp ý ngân hàng câu hỏi", "Mỗi người viết thêm mười câu.", ("TC06",), mentee)
        words = "Đã có 60 câu hỏi dùng chung. Cảm ơn hai thầy cô."
        Pairing.objects.filter(pk=pairing.pk).update(
            status=PairingStatus.ENDED, ended_at=self._at(150), end_reason=EndReason.COMPLETED, closing_words=words
        )
        self._event(pairing, PairingAction.END, self.named["officer"], 150, words)

    def _conflict(self) -> None:
        """A mentor was made deputy head three days ago: the pair must end."""
        school = self.units["th-suoi-nho"]
        mentor, mentee = self._somebody("th-suoi-nho-k23", "T"), self._somebody("th-suoi-nho-k1", "D")
        pairing = self._pair(
            school, mentor, mentee, by=self.named["officer"], begins=-60, lasts=150, focus=("TC04",), purpose=""
        )
        self._accepted(pairing, 59, 58)
        self._meet(pairing, 30, "Kế hoạch bài dạy tháng 11", "Trao đổi kế hoạch mỗi thứ Hai.", ("TC04",), mentor)
        promoted = self.today - timedelta(days=3)
        posts = Membership.objects.filter(Q(unit=school), user=mentor, end=None)
        posts.update(end=promoted - timedelta(days=1))
        Membership.objects.create(user=mentor, unit=school, role=Role.DEPUTY_HEAD, start=promoted)

    # --- the parts ------------------------------------------------------------------------------------------------

    def _somebody(self, group: str, result: str) -> User:
        """A teacher of that group, not its leader's, whose last announced result was `result` or the nearest to it."""
        members = Membership.objects.current().filter(unit=self.units[group], role__in=TEACHERS)
        ids = set(members.values_list("user_id", flat=True)) - self.taken
        rows = Evaluation.objects.filter(subject__in=ids, subject__is_active=True).exclude(result="")
        order = {"CD": 0, "D": 1, "K": 2, "T": 3}
        rows = rows.select_related("subject").order_by("subject__name_key", "pk")
        nearest = min(rows, key=lambda row: abs(order[row.result] - order[result]))
        self.taken.add(nearest.subject_id)
        return nearest.subject

    def _pair(
        self,
        unit: Unit,
        mentor: User,
        mentee: User,
        *,
        by: User,
        begins: int,
        lasts: int,
        focus: tuple[str, ...],
        purpose: str = "",
        asked: int | None = None,
    ) -> Pairing:
        """A proposal: the period from `begins` days from today, `asked` days ago."""
        start = self.today + timedelta(days=begins)
        asked = -begins + 1 if asked is None else asked
        pairing = Pairing.objects.create(
            unit=unit,
            mentor=mentor,
            mentee=mentee,
            start=start,
            end=start + timedelta(days=lasts),
            purpose=purpose,
            created_by=by,
        )
        pairing.focus.set(self.criteria[code] for code in focus)
        Pairing.objects.filter(pk=pairing.pk).update(created_at=self._at(asked))
        self._event(pairing, PairingAction.PROPOSE, by, asked)
        return pairing

    def _accepted(self, pairing: Pairing, first: int, second: int, words: str = "") -> None:
        self._event(pairing, PairingAction.ACCEPT, pairing.mentor, first, words)
        self._event(pairing, PairingAction.ACCEPT, pairing.mentee, second)
        Pairing.objects.filter(pk=pairing.pk).update(
            status=PairingStatus.ACTIVE, mentor_accepted_at=self._at(first), mentee_accepted_at=self._at(second)
        )

    def _meet(self, pairing: Pairing, days: int, topic: str, steps: str, focus: tuple[str, ...], by: User) -> Meeting:
        meeting = Meeting.objects.create(
            pairing=pairing, held_on=self._day(days), topic=topic, next_steps=steps, created_by=by
        )
        meeting.focus.set(self.criteria[code] for code in focus)
        Meeting.objects.filter(pk=meeting.pk).update(created_at=self._at(days, hour=17))
        return meeting

    def _event(self, pairing: Pairing, action: PairingAction, by: User, days: int, words: str = "") -> None:
        PairingEvent.objects.create(pairing=pairing, action=action, by=by, at=self._at(days), words=words)

    def _day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)

    def _at(self, days_ago: int, hour: int = 9) -> datetime:
        return timezone.make_aware(datetime.combine(self._day(days_ago), time(hour, 20)))


def make_pairs(units: dict[str, Unit], named: dict[str, User], version: FrameworkVersion) -> None:
    """All pairings of the demo."""
    PairMaker(units, named, version).make_all()
