"""The adaptive diagnostic: one idea per file, named as the literature names it."""
