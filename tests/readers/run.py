"""Runs what lies beside it and says on standard output how that went."""

import sys
import unittest
from pathlib import Path

runner = unittest.TextTestRunner(stream=sys.stdout, verbosity=2)
tests = unittest.TestLoader().discover(str(Path(__file__).parent))
sys.exit(not runner.run(tests).wasSuccessful())
