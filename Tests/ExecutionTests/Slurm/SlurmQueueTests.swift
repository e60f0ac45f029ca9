import Testing

@testable import Execution

struct SlurmQueueTests {
    @Test(arguments: [
        ("12_3", "12", [3]), ("12", "12", [SlurmQueue.others]), ("12_[4-6,9%2]", "12", [4, 5, 6, 9]),
        ("12_[7]", "12", [7]),
        ("12_[0-1,3]", "12", [0, 1, 3]), ("12_[nonsense]", "12", []),
    ])
    func placesOfAnArray(number: String, job: String, places: [Int]) {
        let (found, list) = SlurmQueue.places(number)
        #expect(found == job && list == places)
    }

    @Test func othersJobsAndOddReasonsArePassedOver() {
        let queue = SlurmQueue(
            """
            7_0|RUNNING|n1|lgps-1-fp-a|None
            8|PENDING||mine|has|a bar|Priority
            7_[1-2%5]|PENDING||lgps-1-fp-a|Nodes required for job are DOWN, DRAINED | reserved
            9_0|CANCELLED by 5|n2|lgps-2-fp-a|None

            """, prefix: "lgps-1-")
        #expect(queue.names == ["lgps-1-fp-a"])
        let first = queue.entries("lgps-1-fp-a", 0).first
        #expect(first?.nodes == "n1" && first?.state == .running)
        for place in 1...2 {
            let reason = queue.entries("lgps-1-fp-a", place).first?.reason
            #expect(reason == "Nodes required for job are DOWN, DRAINED | reserved")
        }
        #expect(queue.entries("lgps-1-fp-a", 3).isEmpty)
    }

    /// As Slurm 22.05 shows an array of which places 0 and 1 ran when it was cancelled.
    @Test func placesWithoutALineShareOne() {
        let queue = SlurmQueue(
            "1|CANCELLED||lgps-1-fp-a|Resources\n1_0|RUNNING|vm|lgps-1-fp-a|None\n", prefix: "lgps-1-")
        #expect(queue.entries("lgps-1-fp-a", 0).map(\.state) == [.running])
        #expect(queue.entries("lgps-1-fp-a", 5).map(\.state) == [.cancelled])
    }

    @Test func stateWithWordsBesideIt() {
        #expect(SlurmState("CANCELLED by 1000") == .cancelled)
        #expect(SlurmState("CANCELLED+") == .cancelled)
        #expect(SlurmState("FUTURE_STATE") == .unsettled && SlurmState("FUTURE_STATE").isAlive)
    }

    @Test(arguments: [
        ("PartitionTimeLimit", true), ("AssocGrpCpuLimit", false), ("QOSMaxSubmitJobPerUserLimit", false),
        ("QOSMaxWallDurationPerJobLimit", true), ("DependencyNeverSatisfied", true), ("JobHeldAdmin", true),
        ("launch failed requeued held", true), ("Priority", false), ("Unheard", false),
    ])
    func reasonsHaveASentence(reason: String, isLasting: Bool) throws {
        let meaning = try #require(SlurmReason.meaning(reason))
        #expect(meaning.isLasting == isLasting && !meaning.sentence.isEmpty)
    }

    @Test func noReasonNeedsNoWords() { #expect(SlurmReason.meaning("None") == nil) }
}
