"""`python -m qa` is the `operative` command."""

import sys

from qa.cli import main

sys.exit(main())
