"""Everybody is the same visitor: no account, no cookie."""

from __future__ import annotations

from jupyter_server.auth.identity import PasswordIdentityProvider, User
from tornado.web import RequestHandler

__all__ = ["NoAccounts"]


class NoAccounts(PasswordIdentityProvider):
    """Lets Jupyter's handlers work without Jupyter's cookie for anonymous users."""

    def get_user(self, handler: RequestHandler) -> User:  # noqa: ARG002 - the same for every request
        """Return the visitor.

        Parameters
        ----------
        handler : RequestHandler
            Any request.

        Returns
        -------
        user : User
            Always the same; learners are told apart by their secret, not here.
        """
        return User(username="visitor")
