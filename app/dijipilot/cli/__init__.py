"""The command line: does through the services what the window does, for scripts and terminals."""
