/** One wheel and what to take out of it. Sizes in bytes. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  /** pip's `--platform`; pip takes a wheel only when it carries exactly this tag (or an older one it knows to imply). */
  readonly platform: string;
  readonly file: string;
  readonly sha256: string;
  readonly size: number;
  readonly unpackedSize: number;
  /** The folder in the wheel that is kept, and its place in the cache: wheels lie side by side as in site-packages. */
  readonly folder: string;
  /** What is kept of it: files, or folders with a slash at the end. */
  readonly keep: readonly string[];
}

/** A TensorFlow to build against: its own wheel first, then the libraries it needs at run time. */
export interface TensorflowRelease {
  readonly version: string;
  readonly flavour: "cpu" | "gpu";
  readonly wheels: readonly Wheel[];
}

const VERSION = "2.21.0";

// The headers are kept whole: the C API needs few of them, native operators need the C++ ones.
const TENSORFLOW_PARTS = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2", "include/"];

function nvidiaWheel(
  component: string,
  version: string,
  size: number,
  unpackedSize: number,
  sha256: string,
  keep: readonly string[] = ["lib/"],
): Wheel {
  const file = `nvidia_${component}_cu12-${version}-py3-none-manylinux2014_x86_64`;
  return {
    project: `nvidia-${component.replaceAll("_", "-")}-cu12`,
    version,
    platform: "manylinux2014_x86_64",
    // Newer wheels repeat the tag in its modern spelling.
    file: component === "nccl" ? `${file}.manylinux_2_17_x86_64.whl` : `${file}.whl`,
    sha256,
    size,
    unpackedSize,
    folder: `nvidia/${component}`,
    keep,
  };
}

/** TensorFlow for processors. */
export const CPU_RELEASE: TensorflowRelease = {
  version: VERSION,
  flavour: "cpu",
  wheels: [
    {
      project: "tensorflow-cpu",
      version: VERSION,
      platform: "manylinux_2_27_x86_64",
      file: `tensorflow_cpu-${VERSION}-cp312-cp312-manylinux_2_27_x86_64.whl`,
      sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
      size: 274_000_871,
      unpackedSize: 1_122_061_939,
      folder: "tensorflow",
      keep: TENSORFLOW_PARTS,
    },
  ],
};

/**
 * TensorFlow for NVIDIA's GPUs, with the CUDA 12 libraries of its extra `and-cuda` at the versions that its metadata
 * name as the lowest, which are those it was built with. Its libraries look for them in `../nvidia/<component>/lib`.
 */
export const GPU_RELEASE: TensorflowRelease = {
  version: VERSION,
  flavour: "gpu",
  wheels: [
    {
      project: "tensorflow",
      version: VERSION,
      platform: "manylinux_2_27_x86_64",
      file: `tensorflow-${VERSION}-cp312-cp312-manylinux_2_27_x86_64.whl`,
      sha256: "b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0",
      size: 572_611_111,
      unpackedSize: 1_659_130_326,
      folder: "tensorflow",
      keep: TENSORFLOW_PARTS,
    },
    nvidiaWheel(
      "cublas",
      "12.5.3.2",
      363_313_169,
      551_706_504,
      "ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b",
    ),
    nvidiaWheel(
      "cuda_cupti",
      "12.5.82",
      13_811_507,
      43_952_208,
      "bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953",
    ),
    // ptxas and libdevice, which XLA and kernels compiled at run time call.
    nvidiaWheel(
      "cuda_nvcc",
      "12.5.82",
      22_468_537,
      58_804_160,
      "b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0",
      ["bin/", "nvvm/"],
    ),
    nvidiaWheel(
      "cuda_nvrtc",
      "12.5.82",
      24_873_108,
      68_243_664,
      "3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd",
    ),
    nvidiaWheel(
      "cuda_runtime",
      "12.5.82",
      895_707,
      712_032,
      "3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115",
    ),
    nvidiaWheel(
      "cudnn",
      "9.3.0.75",
      577_163_502,
      885_338_960,
      "9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d",
    ),
    nvidiaWheel(
      "cufft",
      "11.2.3.61",
      192_524_114,
      278_929_256,
      "9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8",
    ),
    nvidiaWheel(
      "curand",
      "10.3.6.82",
      56_309_107,
      96_529_840,
      "2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536",
    ),
    nvidiaWheel(
      "cusolver",
      "11.6.3.83",
      130_341_232,
      218_141_696,
      "93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b",
    ),
    nvidiaWheel(
      "cusparse",
      "12.5.1.3",
      217_558_979,
      295_715_544,
      "016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752",
    ),
    nvidiaWheel(
      "nccl",
      "2.27.7",
      322_546_339,
      430_126_192,
      "de5ba5562f08029a19cb1cd659404b18411ed0d6c90ac5f52f30bf99ad5809aa",
    ),
    nvidiaWheel(
      "nvjitlink",
      "12.5.82",
      21_298_879,
      54_560_656,
      "f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212",
    ),
  ],
};
