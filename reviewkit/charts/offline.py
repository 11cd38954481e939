"""Where does a chart's drawing code come from, without a network? From Altair's own package, once.

Altair bundles Vega into every chart, close to a megabyte each. Here one widget holds the bundle and all
charts take it from there, so that a page with many charts loads and reads it once; a chart that carries its
own may take longer to load than anywidget waits for it (two seconds), and is then dead.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import anywidget
import traitlets

__all__ = ["OfflineChart"]


class _Library(anywidget.AnyWidget):
    """The drawing code, as text; it has nothing to show."""

    _esm = "export default {};"

    code = traitlets.Unicode().tag(sync=True)
    name = traitlets.Unicode().tag(sync=True)


@cache
def _code() -> str:
    alt.JupyterChart.enable_offline()
    return str(alt.JupyterChart._esm)


_shared: dict[str, _Library] = {}


def _at_hand() -> _Library:
    """The one that is there, or a new one where all widgets have been closed."""
    found = _shared.get("library")
    if found is None or found.comm is None:
        found = _Library(code=_code(), name=f"altair-{alt.__version__}")
        _shared["library"] = found
    return found


class OfflineChart(alt.JupyterChart):
    """Altair's widget for a chart, drawn with code that all charts share."""

    _esm = traitlets.Unicode().tag(sync=True)

    _library = traitlets.Instance(anywidget.AnyWidget).tag(
        sync=True, to_json=lambda library, _: f"IPY_MODEL_{library.model_id}"
    )

    @traitlets.default("_esm")
    def _module(self) -> str:
        return (Path(__file__).parent / "offline.js").read_text(encoding="utf-8")

    def __init__(self, chart: alt.LayerChart, **options: Any) -> None:
        super().__init__(chart, _library=_at_hand(), **options)
