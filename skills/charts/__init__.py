"""Computes the positions of the marks in the skill pages' charts."""
