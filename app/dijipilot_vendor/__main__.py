"""Where the publisher's tool starts, as a module and from the installed command."""

import sys

from dijipilot_vendor.main import main

if __name__ == "__main__":
    sys.exit(main())
