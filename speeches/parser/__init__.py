"""From a speech to directives: who must do what by when. Plain Python; nothing below this door is public."""

from .cleaning import clean
from .dates import find_times
from .explaining import explain
from .header import read_header
from .parsing import VERSION, parse

__all__ = ["VERSION", "clean", "explain", "find_times", "parse", "read_header"]
