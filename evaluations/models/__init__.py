from evaluations.models.cycle import Cycle, CycleEvent, LeftOut
from evaluations.models.evaluation import Evaluation, Event
from evaluations.models.evidence import Evidence, EvidenceUse
from evaluations.models.sheet import Rating, Sheet

__all__ = ["Cycle", "CycleEvent", "Evaluation", "Event", "Evidence", "EvidenceUse", "LeftOut", "Rating", "Sheet"]
