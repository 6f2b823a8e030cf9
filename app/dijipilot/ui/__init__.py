"""The window: shows and asks, and leaves every decision to the services."""
