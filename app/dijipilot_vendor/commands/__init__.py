"""The commands of the publisher's tool, one module a noun."""
