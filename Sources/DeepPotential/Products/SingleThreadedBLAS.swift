import COpenBLAS

/// OpenBLAS held to one thread per calling thread: our pool owns the cores, and results must not depend on their number.
public enum SingleThreadedBLAS {
    private static let once: Void = openblas_set_num_threads(1)

    public static func ensure() { once }
}
