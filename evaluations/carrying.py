"""What of an earlier year goes where this year: proposals for people to tick, never done behind their back."""

from dataclasses import dataclass

from evaluations.matching import Tie, ties_between
from evaluations.models import Evaluation, Evidence
from standards.enums import Relation
from standards.queries import FrameworkData, framework_data


@dataclass(frozen=True)
class Proposal:
    """This year's criterion `target` for what spoke for `source` then (codes), and how the earlier one stands to it."""

    source: str
    target: str
    relation: Relation

    @property
    def is_exact(self) -> bool:
        """The same criterion: ticked unless the person takes it away."""
        return self.relation == Relation.EXACT


class Carrier:
    """Proposals for the evidence of one evaluation; ties are looked up once a version."""

    def __init__(self, evaluation: Evaluation):
        self.here: FrameworkData = framework_data(evaluation.cycle.version_id)
        self.ties: dict[int, list[Tie]] = {}

    def between(self, version_id: int) -> list[Tie]:
        """The ties from an earlier version to this year's, the closest first."""
        if version_id not in self.ties:
            self.ties[version_id] = ties_between(framework_data(version_id), self.here)
        return self.ties[version_id]

    def proposals(self, evidence: Evidence) -> list[Proposal]:
        """Each of this year's criteria at most once, the closest first. `evidence` with its cycle and uses loaded."""
        version_id = evidence.evaluation.cycle.version_id
        then = framework_data(version_id)
        spoke_for = {then.criterion_by_id(use.criterion_id).code for use in evidence.uses.all()}
        found: dict[str, Proposal] = {}
        for tie in self.between(version_id):
            if tie.source in spoke_for and tie.target not in found:
                found[tie.target] = Proposal(tie.source, tie.target, tie.relation)
        return list(found.values())
