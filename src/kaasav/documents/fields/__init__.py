"""What the templates of each document may use."""
