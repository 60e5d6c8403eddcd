"""The feedback letter: what came out, why, what happens next; in Word to be worked on, and as PDF."""
