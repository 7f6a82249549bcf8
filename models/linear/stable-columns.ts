import type { Design } from './standardise.ts'

/** Parts of the rows in order of time in which a relation must hold. */
const BLOCKS = 5
/** Standard errors by which a relation must differ from none to count for or against. */
const SURE = 2
/** A column that differs more between the blocks than within them says when a row was, and little else. */
const BETWEEN_MAX = 0.5

/**
 * Which columns are related to the labels alike at all times: 1 for those that in no two blocks of time have surely
 * opposite signs, and that do not mostly say when a row was (a trend, a season, an indicator of the economy). The rows
 * must be in order of time.
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

/** The design without some columns: they are 0 in every row, so that nothing is learned of them. */
export function onlyColumns(design: Design, kept: Uint8Array): Design {
  const { count, width } = design
  const columns = design.columns.slice()
  for (let column = 0; column < width; column++)
    if (kept[column] === 0) columns.fill(0, column * count, (column + 1) * count)
  return { count, width, columns }
}
