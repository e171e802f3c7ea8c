"""House units and the only conversion factors.

Without a suffix a quantity is in: day, pM, mm, N, MPa, Gy, HU, %, keV, UTC. Any other unit stands in the
name, as in ``tube_voltage_kv`` or ``age_years``.
"""

from typing import Final

__all__ = ["CM_PER_MM", "DAYS_PER_MONTH", "DAYS_PER_YEAR", "MM_PER_CM"]

DAYS_PER_YEAR: Final = 365.0
DAYS_PER_MONTH: Final = 30.4375
MM_PER_CM: Final = 10.0
CM_PER_MM: Final = 0.1
