"""The catalogue: CSV tables, pooled premiums, the skill list, downloads, and figures to review."""
