"""One municipality in one round: the only room that knows how its folder is laid out."""
