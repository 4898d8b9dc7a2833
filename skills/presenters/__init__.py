"""The catalogue's figures as text, one page's words a module."""
