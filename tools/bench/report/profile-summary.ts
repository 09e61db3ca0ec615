/** What a V8 profile (`node --cpu-prof`) holds of interest here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  /** Ids of nodes. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface ProfiledFunction {
  readonly name: string;
  /** File and line, from 1. */
  readonly place: string;
  /** Milliseconds in the function itself. */
  readonly self: number;
  /** Part of the time that the process was not idle. */
  readonly part: number;
}

/** The functions in which the most time went, the most first. */
export function profileSummary(profile: CpuProfile, count: number): ProfiledFunction[] {
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<string, { name: string; place: string; self: number }>();
  let busy = 0;
  for (const [i, id] of profile.samples.entries()) {
    const frame = frames.get(id);
    if (frame === undefined || frame.functionName === "(idle)") continue;
    const { functionName, url, lineNumber } = frame;
    const place = url === "" ? "" : `${url.split("/").slice(-3).join("/")}:${lineNumber + 1}`;
    const key = `${functionName} ${place}`;
    const time = times.get(key) ?? { name: functionName || "(anonymous)", place, self: 0 };
    const self = (profile.timeDeltas[i] ?? 0) / 1e3;
    time.self += self;
    busy += self;
    times.set(key, time);
  }
  return [...times.values()]
    .sort((a, b) => b.self - a.self)
    .slice(0, count)
    .map((time) => ({ ...time, part: time.self / busy }));
}
