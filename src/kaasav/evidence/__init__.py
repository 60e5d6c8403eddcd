"""Evidence files: found, opened, and looked through for what they are said to show. Judges nothing."""
