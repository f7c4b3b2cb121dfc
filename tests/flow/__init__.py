"""Stories that cross every floor, on real parts."""
