"""Reusable pieces of pages, ignorant of services."""
