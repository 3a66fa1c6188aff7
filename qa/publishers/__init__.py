"""Published texts: which repositories publish them, how they are fetched and kept up to date."""
