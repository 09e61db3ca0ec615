/** Where an axis lies in memory for operators on image channels: convolutions leave axis 1 of four axes at the end. */
export function channelAxis(axis: number, rank: number): number {
  return rank === 4 && axis === 1 ? 3 : axis;
}
