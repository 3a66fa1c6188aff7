"""Print every measurement as a Markdown table; `make bench` runs this."""

from benchmarks import speed
from benchmarks.hardware import describe


def main() -> None:
    """Measure and print."""
    print(describe())
    print()
    print(speed.table())


if __name__ == "__main__":
    main()
