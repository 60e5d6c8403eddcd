"""Residents' satisfaction: survey waves, their estimates, and what a wave says of one municipality."""
