"""The places of the app, one a file."""
