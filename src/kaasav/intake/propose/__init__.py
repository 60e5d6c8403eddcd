"""What a paper probably is: pure functions from its name and text to proposals, each with its reason."""
