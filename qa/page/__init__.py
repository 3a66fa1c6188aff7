"""The Gradio page over one Assistant. Gradio itself is imported when the page starts."""

from qa.page.launch import (
    HostError,
    PortBusyError,
    launch_page,
    load_page,
    require_free_port,
    start_page,
)

__all__ = [
    "HostError",
    "PortBusyError",
    "launch_page",
    "load_page",
    "require_free_port",
    "start_page",
]
