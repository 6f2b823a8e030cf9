"""Activation codes and licenses: what opens which lessons, proven by signatures."""
