"""Events between nodes; one node is a function call."""
