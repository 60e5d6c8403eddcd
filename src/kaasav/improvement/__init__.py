"""From a result to a better one: the shortest way to the award, what its steps ask, a profile, a change. Pure."""
