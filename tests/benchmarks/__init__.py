"""Measurements, run by hand with `python3 dev.py bench`; they print figures and assert nothing."""
