"""The study behind the figures of grades A and B: its files, its pools, and the test on hidden samples.

Nothing here knows Django or the database. Premiums are logarithms, x = ln(1 + premium), until a page shows them.
"""
