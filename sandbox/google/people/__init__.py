"""What people do in their browser with spreadsheets and folders."""

from starlette.routing import Route

from sandbox.clock import Clock
from sandbox.google.people.cells import cell_routes
from sandbox.google.people.folders import folder_routes
from sandbox.google.people.lines import line_routes
from sandbox.google.people.paste import paste_routes
from sandbox.google.people.sharing import sharing_routes
from sandbox.google.people.sheets import sheet_routes
from sandbox.google.people.tabs import tab_routes
from sandbox.store import Store


def person_routes(store: Store, clock: Clock) -> list[Route]:
    """The addresses below `/sandbox`."""
    return [
        *sheet_routes(store, clock),
        *cell_routes(store, clock),
        *line_routes(store, clock),
        *paste_routes(store, clock),
        *tab_routes(store, clock),
        *folder_routes(store, clock),
        *sharing_routes(store, clock),
    ]
