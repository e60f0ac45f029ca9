/// A block of memory for kernels that lives as long as its owner and only ever grows. It begins with zeros and on the
/// border of a cache line.
///
/// Reading and writing up to one vector of sixteen floats past `count` is allowed: the block ends with slack.
package struct Buffer<Element: BitwiseCopyable>: ~Copyable {
    package private(set) var base: UnsafeMutablePointer<Element>
    package private(set) var count: Int

    private static var cacheLine: Int { 64 }

    /// - Parameter count: of elements.
    package init(count: Int = 0) {
        self.count = count
        base = Self.allocate(count)
    }

    deinit { base.deallocate() }

    /// Makes room for `needed` elements; the contents are lost when the block has to move.
    package mutating func reserve(_ needed: Int) {
        guard needed > count else { return }
        base.deallocate()
        count = needed + needed / 4
        base = Self.allocate(count)
    }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
        let lines = (count * MemoryLayout<Element>.stride + cacheLine - 1) / cacheLine
        let bytes = (lines + 1) * cacheLine
        let raw = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: cacheLine)
        raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        return raw.assumingMemoryBound(to: Element.self)
    }
}

extension Buffer {
    /// A copy of an array.
    package init(_ elements: [Element]) {
        self.init(count: elements.count)
        elements.withUnsafeBufferPointer { if let first = $0.baseAddress { base.update(from: first, count: $0.count) } }
    }
}
