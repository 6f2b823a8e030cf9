"""The learner's database: rows in, domain objects out."""
