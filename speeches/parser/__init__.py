"""From a speech to directives: who must do what by when. Plain Python; nothing below this door is public."""

from .cleaning import clean
from .dates import find_times
from .explaining import explain
from .header import read_header
from .parsing import VERSION, parse
from .several import parts_of

__all__ = ["VERSION", "clean", "explain", "find_times", "parse", "parts_of", "read_header"]
