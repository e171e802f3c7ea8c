"""How databases of every earlier version become those of this one."""
