"""Articles: what is told, to whom, and every version of it."""
