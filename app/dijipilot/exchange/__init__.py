"""Files that enter or leave the app: tables, calendars, statements, profiles, questions and reports."""
