"""Figures that were released, as a table to take along: exactly what was told, and nothing of the rest."""

from alongside.exchange.exporting import Material
from alongside.exchange.formats.tables import FigureRow
from alongside.training.models import Release
from alongside.training.queries import sections


def released(release: Release) -> Material:
    rows = [
        FigureRow(
            period=release.name,
            starts=release.starts.isoformat(),
            ends=release.ends.isoformat(),
            part=section.title,
            figure=figure.label,
            told=figure.shown,
        )
        for section in sections(release.told)
        for figure in section.figures
    ]
    return Material("figures", rows, len(rows), 0)
