"""The ranking as an Excel workbook in which an inspector (thanh tra) recomputes every point from the answers."""

from reports.recomputation.book import write_recomputation

__all__ = ["write_recomputation"]
