from evaluations.models.cycle import Cycle, LeftOut
from evaluations.models.evaluation import Evaluation, Event
from evaluations.models.evidence import Evidence, EvidenceUse
from evaluations.models.sheet import Rating, Sheet

__all__ = ["Cycle", "Evaluation", "Event", "Evidence", "EvidenceUse", "LeftOut", "Rating", "Sheet"]
