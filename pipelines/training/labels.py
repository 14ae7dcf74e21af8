"""The labels that the heads tell apart, in the order of their logits."""

OUTSIDE = "O"
ROLES = ("source", "cue", "content")
ENTITY_TYPES = ("person", "organization", "place", "other")


def name_tags(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return "O", then "B-" and "I-" of each kind."""
    return (OUTSIDE, *(f"{prefix}-{kind}" for kind in kinds for prefix in "BI"))


ROLE_TAGS = name_tags(ROLES)
ENTITY_TAGS = name_tags(ENTITY_TYPES)
UNKNOWN = -100  # no label: the loss leaves the word out
