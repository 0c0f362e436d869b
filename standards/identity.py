"""The name of a node of a framework for other programs: a UUID that stays the same wherever the pack is read."""

from uuid import UUID, uuid5

NAMESPACE = UUID("9b1a4a0e-6a55-5c0d-9d5e-2f6f0c7a4d11")  # ours; changing it would rename every node ever published


def node_id(version_code: str, kind: str, code: str) -> UUID:
    """The identity of a node that its pack gives none.

    `kind`: "version" (whose `code` is the version's own), "level", "scale", "standard", "criterion", or any other word
    for things made of a version. A level of a scale besides the main one has the code "scale/level".
    """
    return uuid5(NAMESPACE, f"{version_code}/{kind}/{code}")
