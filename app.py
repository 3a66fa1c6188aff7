"""Start the page: `python app.py` is `operative serve`."""

from qa.server.run import main

if __name__ == "__main__":
    raise SystemExit(main())
