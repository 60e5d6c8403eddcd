"""Estonia's municipalities: the register, the history of its codes, and the names people write."""
