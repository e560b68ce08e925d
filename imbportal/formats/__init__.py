"""How Django itself writes dates, by language; what it does not find here it takes from its own."""
