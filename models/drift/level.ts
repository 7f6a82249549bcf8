import { meanOf, type BlockSeries } from './block-series.ts'
import { seasonAt, type Season } from './season.ts'

/** Returns the mean of a run of blocks without the season. `places` are the positions of the blocks. */
export function levelOf(
  series: BlockSeries,
  season: Season | undefined,
  positions: Float64Array,
  from: number,
  to: number,
): number {
  const mean = meanOf(series, from, to)
  if (season === undefined) return mean
  let sum = 0
  for (let block = from; block < to; block++) sum += seasonAt(season, positions[block]!)
  return mean - sum / (to - from)
}
