"""Why a step is not done."""

from typing import Any


class StepRefused(Exception):
    """A step that cannot be done. `str()` is the sentence; `given` what the person had written, to be shown again."""

    def __init__(self, sentence: str, given: Any = None):
        super().__init__(sentence)
        self.given = given


class Clash(Exception):
    """What a step wants to replace is no longer as its writer saw it. `current`: what stands there now."""

    def __init__(self, node: str, field: tuple[str, ...], current: Any, given: Any = None):
        super().__init__(node, field)
        self.node, self.field, self.current, self.given = node, field, current, given
