/// Where labelled data come from.
public enum LabelledData {
    /// For messages.
    public static let howToGet =
        "download the paper's data set from AIS-Square "
        + "(https://aisquare.oss-us-east-1.aliyuncs.com/AIS-Square/datasets/LiGePS-SSE-PBE/LiGePS-SSE-PBE.zip; "
        + "LiSiPS-SSE-PBE and LiSnPS-SSE-PBE by the same pattern), unpack it and name the folder with --data or LGPS_DATA"
}
