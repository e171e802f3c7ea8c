"""Warming the biology."""

from bonemets_teach.biology import _komarova_kernel, _lpt_kernel, komarova2003, lpt
from bonemets_teach.biology.warm import warm


def test_warm_leaves_nothing_to_compile():
    """After warming, another call with other values adds no compiled signature."""
    warm()
    kernels = (_komarova_kernel.integrate, _lpt_kernel.integrate, _lpt_kernel.rankl_occupancy)
    before = [len(kernel.signatures) for kernel in kernels]
    komarova2003.simulate(30.5, extra_osteoclasts=3)
    lpt.simulate(1, 30, tumor=lpt.Tumor(seed_fraction=0), treatment=lpt.Treatment(kill_start_d=3))
    lpt.quasi_steady(1)
    assert before == [len(kernel.signatures) for kernel in kernels]
