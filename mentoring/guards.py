"""What the database itself refuses: a mentor who evaluates the mentee, by whatever road the row comes."""

import pgtrigger

# At any time of the period, so that the answer does not hang on the day it is asked. The mentee's schools are the
# pairing's own and every other one they belong to in the period.
EVALUATOR = """
    IF NEW.status IN ('proposed', 'active') AND EXISTS (
        SELECT 1 FROM people_membership leads
        WHERE leads.user_id = NEW.mentor_id
          AND leads.role IN ('head', 'deputy_head')
          AND leads.start <= NEW."end" AND (leads."end" IS NULL OR leads."end" >= NEW.start)
          AND (leads.unit_id = NEW.unit_id OR leads.unit_id IN (
              SELECT works.unit_id FROM people_membership works
              WHERE works.user_id = NEW.mentee_id
                AND works.start <= NEW."end" AND (works."end" IS NULL OR works."end" >= NEW.start)
          ))
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'mentor_is_no_evaluator', MESSAGE =
            'Whoever evaluates the mentee cannot be the mentor.';
    END IF;
    RETURN NEW;
"""

# A private note belongs to one of the two of the meeting's pairing, for ever.
AUTHOR = """
    IF NOT EXISTS (
        SELECT 1 FROM mentoring_meeting meeting JOIN mentoring_pairing pairing ON pairing.id = meeting.pairing_id
        WHERE meeting.id = NEW.meeting_id AND NEW.author_id IN (pairing.mentor_id, pairing.mentee_id)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'note_of_one_of_the_two', MESSAGE =
            'Only the mentor and the mentee keep notes on their meetings.';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.author_id <> OLD.author_id OR NEW.meeting_id <> OLD.meeting_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'note_keeps_its_author', MESSAGE =
            'A private note never changes its author or its meeting.';
    END IF;
    RETURN NEW;
"""

WRITES = pgtrigger.Insert | pgtrigger.Update


def mentor_is_no_evaluator() -> pgtrigger.Trigger:
    """Refuses open pairings whose mentor is head or deputy head of a school of the mentee in the period."""
    return pgtrigger.Trigger(name="mentor_is_no_evaluator", when=pgtrigger.Before, operation=WRITES, func=EVALUATOR)


def note_of_one_of_the_two() -> pgtrigger.Trigger:
    """Refuses notes of anybody but the two, and notes that change hands."""
    return pgtrigger.Trigger(name="note_of_one_of_the_two", when=pgtrigger.Before, operation=WRITES, func=AUTHOR)
