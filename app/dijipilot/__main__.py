"""Where the program starts, as a module, from the installed command and from the shortcut."""

import sys

from dijipilot.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
