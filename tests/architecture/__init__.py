"""How the code is built: floors, sizes, habits."""
