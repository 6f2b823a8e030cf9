"""The use cases: one public method is one intention of the learner and one transaction."""
