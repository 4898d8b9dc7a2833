"""Where the marks of a chart are. A chart's viewBox is its scale, so figures are coordinates; see `scale`."""
