"""Whole stories through the real main window, and through the assessment's protocol."""
