"""Words of the machine, none of the domain."""

__version__ = "0.1.0"
