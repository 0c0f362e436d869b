"""Evidence and remarks of earlier years, with where their criteria stand this year."""

from dataclasses import dataclass

from core.localized import localized
from evaluations.carrying import Carrier, Proposal
from evaluations.matching import relation_words
from evaluations.models import Cycle, Evaluation, Evidence, Sheet
from evaluations.presenters.evidence import Piece, piece
from evaluations.presenters.self_page import remark_labels
from standards.enums import Relation
from standards.queries import FrameworkData, framework_data


@dataclass(frozen=True)
class ProposedTie:
    """One of this year's criteria, proposed for a piece; `note`: what it spoke for then, and how closely that fits."""

    code: str
    label: str
    name: str
    note: str
    ticked: bool


@dataclass(frozen=True)
class EarlierPiece:
    """A piece of an earlier year and the criteria proposed for it, the closest first."""

    piece: Piece
    ties: list[ProposedTie]


@dataclass(frozen=True)
class EarlierCycle:
    """The pieces of one earlier cycle. `standards` is filled where they were others than this year's."""

    title: str
    standards: str
    pieces: list[EarlierPiece]


@dataclass(frozen=True)
class Move:
    """Where a criterion of an earlier year stands now; `now` is empty where nothing has taken its place."""

    then: str
    now: list[tuple[str, str]]  # criterion, relation in words


def earlier_by_cycle(evaluation: Evaluation, evidence: list[Evidence]) -> list[EarlierCycle]:
    """The evidence by cycle in its order. One or two queries for each other version."""
    carrier = Carrier(evaluation)
    groups: dict[int, EarlierCycle] = {}
    for row in evidence:
        cycle = row.evaluation.cycle
        then = framework_data(cycle.version_id)
        if cycle.pk not in groups:
            groups[cycle.pk] = _group(cycle, evaluation)
        ties = [_tie(proposal, then, carrier.here) for proposal in carrier.proposals(row)]
        groups[cycle.pk].pieces.append(EarlierPiece(piece(row, then), ties))
    return list(groups.values())


def _group(cycle: Cycle, evaluation: Evaluation) -> EarlierCycle:
    others = "" if cycle.version_id == evaluation.cycle.version_id else localized(cycle.version.title)
    return EarlierCycle(cycle.year_first, others, [])


def _tie(proposal: Proposal, then: FrameworkData, here: FrameworkData) -> ProposedTie:
    now, old = here.criterion(proposal.target), then.criterion(proposal.source)
    note = ""
    if then is not here:
        note = f"{old.label}. {localized(old.name)}: {relation_words(proposal.relation)}"
    return ProposedTie(now.code, now.label, localized(now.name), note, proposal.is_exact)


def last_year_context(evaluation: Evaluation, sheet: Sheet, *, level: int) -> dict:
    """The remarks of an earlier self-assessment, and, under other standards, where its criteria stand now.

    `level` of the heading, where the block stands."""
    cycle = sheet.evaluation.cycle
    return {
        "evaluation": evaluation,
        "cycle": evaluation.cycle,
        "level": level,
        "earlier": cycle,
        "earlier_year": cycle.school_year,
        "standards": localized(cycle.version.title),
        "remarks": [
            (name, label, getattr(sheet, name))
            for name, (label, _hint) in remark_labels().items()
            if getattr(sheet, name).strip()
        ],
        "moves": _moves(evaluation, cycle) if cycle.version_id != evaluation.cycle.version_id else [],
    }


def _moves(evaluation: Evaluation, cycle: Cycle) -> list[Move]:
    carrier, then = Carrier(evaluation), framework_data(cycle.version_id)
    found: dict[str, list[tuple[str, str]]] = {criterion.code: [] for criterion in then.criteria}
    for tie in carrier.between(cycle.version_id):
        now = carrier.here.criterion(tie.target)
        words = relation_words(Relation(tie.relation))
        found[tie.source].append((f"{now.label}. {localized(now.name)}", words))
    return [
        Move(f"{criterion.label}. {localized(criterion.name)}", found[criterion.code]) for criterion in then.criteria
    ]
