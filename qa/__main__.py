"""`python -m qa` is the `operative` command."""

import sys

from qa.cli.main import main

sys.exit(main())
