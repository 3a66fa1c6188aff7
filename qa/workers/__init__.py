"""The processes in which a server answers, and who is answered next."""
