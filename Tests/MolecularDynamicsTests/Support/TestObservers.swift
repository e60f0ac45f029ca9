import Foundation

@testable import MolecularDynamics

/// Keeps every sample.
final class FrameRecorder: Observer {
    let name = "frames"
    let interval: Int
    private(set) var samples: [MDSample] = []

    init(interval: Int) { self.interval = interval }

    func observe(_ sample: MDSample) { samples.append(sample) }
}

/// Copies a folder at one step.
final class CopyFolder: Observer {
    let name = "copy"
    let interval = 1
    let (source, target, step): (String, String, Int)

    init(from source: String, to target: String, atStep step: Int) {
        (self.source, self.target, self.step) = (source, target, step)
    }

    func observe(_ sample: MDSample) throws {
        guard sample.state.step == step else { return }
        for file in try FileManager.default.contentsOfDirectory(atPath: source) {
            try FileManager.default.copyItem(atPath: "\(source)/\(file)", toPath: "\(target)/\(file)")
        }
    }
}
