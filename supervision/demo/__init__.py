"""An invented city, 澜江市, whose departments, speeches and ledger fill a fresh installation."""
