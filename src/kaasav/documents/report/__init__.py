"""The improvement report: what stands in the way, and the shortest way to the award."""
