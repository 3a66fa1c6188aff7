"""One thread for matrix products: those of a question are small, and more threads only wait."""


def use_one_blas_thread() -> None:
    """Limit every BLAS that is loaded to one thread, for the rest of the process.

    With two threads a question takes twice the time (benchmarks/README.md). An OpenMP that a BLAS
    shares with an encoder is limited as well, so this is for processes that answer, not for builds.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
