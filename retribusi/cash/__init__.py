"""The cashier's rooms: the day, the ledger, the closing of days, a month."""
