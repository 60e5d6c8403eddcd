"""A workspace: where catalogues, waves, rounds and the database lie, and how one is made."""
