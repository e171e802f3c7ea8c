"""Warming the biology."""

from bonemets_teach.biology import _drug_kernel, _komarova_kernel, _lpt_kernel, komarova2003, lpt
from bonemets_teach.biology.lpt_dosing import Denosumab, Zoledronate, radiotherapy
from bonemets_teach.biology.warm import warm


def test_warm_leaves_nothing_to_compile():
    """After warming, another call with other values adds no compiled signature."""
    warm()
    kernels = (
        _komarova_kernel.integrate,
        _lpt_kernel.integrate,
        _lpt_kernel.rankl_occupancy,
        _drug_kernel.denosumab_amounts,
        _drug_kernel.zoledronate_amounts,
    )
    before = [len(kernel.signatures) for kernel in kernels]
    komarova2003.simulate(30.5, extra_osteoclasts=3)
    lpt.simulate(1, 30, tumor=lpt.Tumor(seed_fraction=0), treatment=lpt.Treatment(kill_start_d=3))
    drugs = {"denosumab": (Denosumab(start_d=2, stop_d=9),), "zoledronate": (Zoledronate(),)}
    lpt.simulate(1, 30, treatment=lpt.Treatment(**drugs, kills=(radiotherapy(3),)))
    lpt.quasi_steady(1)
    assert before == [len(kernel.signatures) for kernel in kernels]
