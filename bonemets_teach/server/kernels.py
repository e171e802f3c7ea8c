"""The kernels of the server: comm messages only, no automatic restart, forked where the machine can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Any as AnyTrait
from traitlets.config import Config

from bonemets_teach.server.fork_provisioner import PROVISIONER, register

__all__ = ["ALLOWED_MESSAGES", "LessonKernelManager", "kernel_config"]

# A page can talk to its widgets and do nothing else: no execution, no shutdown, no history.
ALLOWED_MESSAGES: Final = ("comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request")


class LessonKernelManager(AsyncMappingKernelManager):
    """Starts and ends kernels; says when one has ended on its own."""

    fork_client = AnyTrait(None, allow_none=True, help="Forks kernels; None where the machine can't.")
    on_kernel_ended: Callable[[str], None] | None = None

    def kernel_ended(self, kernel_id: str) -> None:
        """Pass on that the process of a kernel has ended.

        Parameters
        ----------
        kernel_id : str
            Which kernel.
        """
        if self.on_kernel_ended is not None:
            self.on_kernel_ended(kernel_id)

    def connections(self, kernel_id: str) -> int:
        """Count the pages connected to a kernel.

        Parameters
        ----------
        kernel_id : str
            Which kernel.

        Returns
        -------
        count : int
            0 also for a kernel that does not exist.
        """
        count: int = self._kernel_connections.get(kernel_id, 0)
        return count

    def activity(self, kernel_id: str) -> Any:
        """Return the manager of one kernel, or None if it is gone.

        Parameters
        ----------
        kernel_id : str
            Which kernel.

        Returns
        -------
        kernel : KernelManager or None
            With ``last_activity`` and ``execution_state``.
        """
        return self._kernels.get(kernel_id)


def kernel_config(*, fork: bool) -> Config:
    """Return the traitlets configuration under which the kernels run.

    Parameters
    ----------
    fork : bool
        Whether kernels are forked.

    Returns
    -------
    config : Config
        A dead kernel stays dead, since a new one would know nothing of the page.
    """
    config = Config()
    config.KernelManager.autorestart = False
    config.KernelManager.shutdown_wait_time = 2.0
    config.MappingKernelManager.cull_idle_timeout = 0  # the pool culls, it knows which pages are open
    if fork:
        register()
        config.KernelProvisionerFactory.default_provisioner_name = PROVISIONER
        config.KernelManager.transport = "ipc"  # no TCP ports: none to collide, none to listen on
    return config
