"""The child process: reads one workbook as its order on standard input says, and ends."""

import sys

from services.kit.tabular.child import obey
from services.projects.list_reading.sheets import read

if __name__ == "__main__":
    sys.exit(obey(read))
