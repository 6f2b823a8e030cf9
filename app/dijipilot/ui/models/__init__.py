"""Qt item models, which adapt domain objects and hold no rules."""
