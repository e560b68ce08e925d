"""What becomes of an issued paper by a decision of the office: frozen, revoked, replaced."""
