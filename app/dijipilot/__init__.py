"""DijiPilot Academy: finds out which skills of e-commerce a shop has mastered, and teaches the rest."""

__version__ = "0.1.0"
