"""The triggers that keep a published version as it was: evaluations rest on it for ever.

A version opens for writing as a draft and closes when published. Afterwards its status may become retired and the
facts of its ending may be filled in; nothing else, by whatever road. Each refusal is a sentence.
"""

import pgtrigger

CHANGES = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

# The version row is locked first, so that nobody slips a row in while another transaction publishes.
CHILD = """
    PERFORM 1 FROM standards_frameworkversion WHERE id IN ({versions}) FOR SHARE;
    SELECT code INTO closed FROM standards_frameworkversion WHERE id IN ({versions}) AND status <> 'draft' LIMIT 1;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE =
            format('Framework version "%s" is published: nothing in it can be added, changed or removed.', closed);
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""

VERSION = """
    IF OLD.status = 'draft' THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE =
            format('Framework version "%s" is published: it can be retired, never removed.', OLD.code);
    END IF;
    IF NEW.status <> 'retired' AND NEW.status <> OLD.status THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE =
            format('Framework version "%s" is %s: it cannot become %s.', OLD.code, OLD.status, NEW.status);
    END IF;
    IF to_jsonb(OLD) - ARRAY['status', 'valid_to', 'legal', 'retired_at']
       <> to_jsonb(NEW) - ARRAY['status', 'valid_to', 'legal', 'retired_at']
       OR OLD.legal - ARRAY['repealed_by', 'repealed_from', 'status_note']
          <> NEW.legal - ARRAY['repealed_by', 'repealed_from', 'status_note'] THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE =
            format('Framework version "%s" is published: only its end can still be changed.', OLD.code);
    END IF;
    RETURN NEW;
"""

SAME_VERSION = """
    IF NOT ({condition}) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{sentence}';
    END IF;
    RETURN NEW;
"""


def closed_when_published(versions: str) -> pgtrigger.Trigger:
    """Refuses every change of a row whose version is not a draft. `versions`: SQL that gives the version ids."""
    return pgtrigger.Trigger(
        name="closed_when_published",
        when=pgtrigger.Before,
        operation=CHANGES,
        declare=[("closed", "TEXT")],
        func=CHILD.replace("{versions}", versions),
    )


def version_keeps_its_text() -> pgtrigger.Trigger:
    """Refuses every change of a published version but its end."""
    return pgtrigger.Trigger(
        name="keeps_its_text",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=VERSION,
    )


def same_version(condition: str, sentence: str) -> pgtrigger.Trigger:
    """Refuses rows that tie together things of two versions. `condition` is SQL about NEW, true when all is well."""
    return pgtrigger.Trigger(
        name="same_version",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=SAME_VERSION.replace("{condition}", condition).replace("{sentence}", sentence),
    )


OWN = "OLD.version_id, NEW.version_id"
THROUGH_CRITERION = "SELECT version_id FROM standards_criterion WHERE id IN (OLD.criterion_id, NEW.criterion_id)"
LEVEL_OF_CRITERION = (
    "(SELECT version_id FROM standards_criterion WHERE id = NEW.criterion_id)"
    " = (SELECT version_id FROM standards_level WHERE id = NEW.level_id)"
)
