"""What a record says, in plain words: shared by the screens and the documents."""
