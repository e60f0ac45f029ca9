import Files

extension TextLine {
    func species(_ symbol: some StringProtocol) throws -> Species {
        try Species(symbol: symbol, file: file, place: "line \(number)")
    }

    /// The cell of these vectors, its error placed at this line.
    func cell(_ vectors: Matrix3) throws -> Cell {
        do {
            return try Cell(vectors)
        } catch let error as InputError {
            throw self.error(error.problem, mend: error.mend)
        }
    }
}
