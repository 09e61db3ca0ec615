// To MXNet 1.9.1
export type { GraphReport, MxnetReport, NodeChange, ParametersReport } from "./mxnet-report.ts";
export { type MxnetFiles, type MxnetModel, toMxnet } from "./to-mxnet.ts";
