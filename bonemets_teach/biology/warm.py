"""Compiles or loads every compiled function of this folder once, before a learner waits for it."""

from __future__ import annotations

from bonemets_teach.biology import (
    ayati2010,
    bone_hormones,
    komarova2003,
    lemaire2004,
    lesion_field,
    lpt,
    pivonka2008,
    trabecular_lattice,
)

__all__ = ["warm"]


def warm() -> None:
    """Call each model with the smallest task, so that its machine code is in memory and in the cache.

    Notes
    -----
    Later calls with other values take no compile time: arguments keep their types.
    """
    komarova2003.simulate(1.0)
    ayati2010.simulate(1.0)
    pivonka2008.simulate(1.0)
    lemaire2004.simulate(1.0)
    bone_hormones.follow_hormones(bone_hormones.Hormones())
    lpt.simulate(0.5, 1.0)
    lpt.quasi_steady(0.5)
    lesion_field.warm_up()
    trabecular_lattice.warm_up()
