"""Mutation testing: changes the engine and the address's parser one place at a time and counts what tests notice."""
