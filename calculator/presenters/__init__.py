"""Turns a verdict into text: the only place where figures become words."""
