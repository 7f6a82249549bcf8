import type { Design } from './standardise.ts'

/** Number of blocks of rows in time order in which a relation must hold. */
const BLOCKS = 5
/** Standard errors by which a correlation must differ from zero to have a sign. */
const SURE = 2
/** Maximum share of a column's variance between blocks: above it, the column mostly encodes time. */
const BETWEEN_MAX = 0.5

/**
 * Flags columns with a stable relation to the labels by 1: those whose correlation does not have significantly opposite
 * signs in two blocks of time, and that do not mostly encode time (a trend, a season, an economic indicator). The rows
 * must be in time order.
 */
export function stableColumns({ count, width, columns }: Design, labels: Float64Array): Uint8Array {
  const ends = Array.from({ length: BLOCKS + 1 }, (_, block) => Math.round((block * count) / BLOCKS))
  const labelMeans = ends.slice(1).map((end, block) => meanOf(labels, 0, ends[block]!, end))
  return Uint8Array.from({ length: width }, (_, column) => {
    const first = column * count
    const mean = meanOf(columns, first, 0, count)
    let [within, between, up, down] = [0, 0, false, false]
    for (let block = 0; block < BLOCKS; block++) {
      const [from, to] = [ends[block]!, ends[block + 1]!]
      const own = meanOf(columns, first, from, to)
      let [xx, xy, yy] = [0, 0, 0]
      for (let row = from; row < to; row++) {
        const [x, y] = [columns[first + row]! - own, labels[row]! - labelMeans[block]!]
        xx += x * x
        xy += x * y
        yy += y * y
      }
      within += xx
      between += (to - from) * (own - mean) ** 2
      const sure = xx > 0 && yy > 0 ? (xy / Math.sqrt(xx * yy)) * Math.sqrt(to - from) : 0
      up ||= sure > SURE
      down ||= sure < -SURE
    }
    return (up && down) || between > BETWEEN_MAX * (within + between) ? 0 : 1
  })
}

function meanOf(values: Float64Array, first: number, from: number, to: number): number {
  let sum = 0
  for (let row = from; row < to; row++) sum += values[first + row]!
  return sum / Math.max(1, to - from)
}

/** Returns the design with the other columns set to 0 in every row, so that nothing is learned from them. */
export function onlyColumns(design: Design, kept: Uint8Array): Design {
  const { count, width } = design
  const columns = design.columns.slice()
  for (let column = 0; column < width; column++)
    if (kept[column] === 0) columns.fill(0, column * count, (column + 1) * count)
  return { count, width, columns }
}
