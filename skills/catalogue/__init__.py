"""All skills in one list: sorted, filtered, downloaded."""
