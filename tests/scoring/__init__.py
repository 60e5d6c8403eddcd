"""From evidence to result: every sentence of the rules beside an example."""
