"""The award list of a round: what each municipality would get by the rule, and why, in five formats."""
