"""Where the marks of the skill pages' charts stand."""
