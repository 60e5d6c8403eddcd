"""Survey files as they arrive become waves, by a written description of what stands in them."""
