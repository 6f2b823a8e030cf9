"""Content packs, and how the authors' sources become one."""
