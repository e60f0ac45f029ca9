extension Species {
    /// The charge (e) of the ion that diffuses in solid electrolytes of this element; nil where that is not plain.
    public var usualCharge: Double? {
        switch symbol {
        case "H", "Li", "Na", "K", "Rb", "Cs", "Ag", "Cu": 1
        case "Mg", "Ca", "Sr", "Ba", "Zn": 2
        case "Al", "Y", "La": 3
        case "F", "Cl", "Br", "I": -1
        case "O", "S", "Se": -2
        default: nil
        }
    }
}
