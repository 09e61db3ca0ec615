import { join } from "node:path";
import { UsageError } from "@mxgraft/base";
import { writeFileAtomically } from "@mxgraft/files/node";
import { featureComparison, featurePage, featureScatter, type Snapshot } from "@mxgraft/plot";

export interface Pictures {
  /** The figure of the paper, an SVG file: the last snapshot, under the first one where there are several. */
  readonly figure: string;
  /** A page with a slider over all snapshots, an HTML file that needs no other. */
  readonly page: string;
}

/**
 * Writes `features.svg` and `features.html`.
 *
 * @returns their paths.
 * @throws FileError   a file cannot be written.
 * @throws UsageError  there is no snapshot.
 */
export function writePictures(
  folder: string,
  snapshots: readonly Snapshot[],
  { title, subtitle }: { readonly title: string; readonly subtitle: string },
): Pictures {
  const [first] = snapshots;
  const last = snapshots.at(-1);
  if (first === undefined || last === undefined) throw new UsageError("There are no features to draw.");
  const paths = { figure: join(folder, "features.svg"), page: join(folder, "features.html") };
  const options = { title, subtitle };
  const figure =
    first === last
      ? featureScatter(last, options)
      : featureComparison(first, last, { ...options, rowNames: [rowName(first), rowName(last)] });
  writeFileAtomically(paths.figure, new TextEncoder().encode(figure));
  writeFileAtomically(paths.page, new TextEncoder().encode(featurePage(snapshots, options)));
  return paths;
}

function rowName({ epoch }: Snapshot): string {
  return epoch === 0 ? "before" : `after ${epoch} ${epoch === 1 ? "epoch" : "epochs"}`;
}
