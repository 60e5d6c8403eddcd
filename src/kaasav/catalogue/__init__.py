"""The criteria catalogue: what is asked, what proves it, and what an award needs."""
