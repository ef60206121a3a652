"""Cells that no spreadsheet takes for a formula: where `analysis` keeps them."""

from analysis.cells import inert as inert
from analysis.cells import inert_in_csv as inert_in_csv
