import Execution
import Reporting

extension Origin {
    init(_ origin: Outcomes.Origin) {
        switch origin {
        case .here: self = .here
        case .shipped: self = .shipped
        }
    }
}
