"""How the pages that Django writes by itself, the admin above all, write dates and times."""
