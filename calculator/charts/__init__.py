"""Charts as positions and text; the templates draw them as SVG.

Positions across are shares of the width in percent, so that a chart fits any width while its text keeps its size;
positions down are pixels.
"""
