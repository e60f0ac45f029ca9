import Foundation
import Reporting

/// Paths as reports have them.
enum ManifestPath {
    /// `input` with its path relative to the checkout where it lies in it or beside it, so that reports from different
    /// machines agree.
    static func relative(_ input: Manifest.Input, to package: String) -> Manifest.Input {
        let path = URL(fileURLWithPath: input.path).standardizedFileURL.path
        let parent = URL(fileURLWithPath: package).deletingLastPathComponent().path
        var shown = input
        if path.hasPrefix(package + "/") {
            shown.path = String(path.dropFirst(package.count + 1))
        } else if parent != "/", path.hasPrefix(parent + "/") {
            shown.path = "../" + path.dropFirst(parent.count + 1)
        }
        return shown
    }
}
