"""What appears on the screen, made from plain recorded data."""
