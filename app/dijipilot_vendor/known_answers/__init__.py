"""Known answers for every formula of packaging/LICENSE-FORMAT.md, made by our own implementation from fixed seeds."""
