import type { Dataset } from '../model.ts'
import { designOf, designWidth, fitStandardisation, type Standardisation } from '../linear/standardise.ts'

/** Mapping of context rows to columns of the network, fitted on training rows. */
export interface ContextLayout {
  readonly standardisation: Standardisation
  /** Per feature: the known codes, or `null` for a number. */
  readonly codes: readonly (readonly number[] | null)[]
}

/** Minimum number of rows of a known code, and maximum number of known codes per feature. */
const ROWS_MIN = 3
const CODES_MAX = 100

/** Fits the layout. `isCode` says for each feature whether its numbers are category codes. */
export function fitContext(
  { rows, width, count }: Pick<Dataset, 'rows' | 'width' | 'count'>,
  isCode: readonly boolean[],
): ContextLayout {
  const codes = isCode.map((coded, feature) => (coded ? frequentCodes(rows, width, count, feature) : null))
  const all = Int32Array.from({ length: count }, (_, row) => row)
  const categories = codes.map((list) => list?.map(String) ?? null)
  const indexed = withCodeIndices({ rows, width, count }, codes)
  return { standardisation: fitStandardisation({ rows: indexed, width, categories }, all), codes }
}

/** Returns the number of columns per row. */
export function contextWidth({ standardisation }: ContextLayout): number {
  return designWidth(standardisation)
}

/** Returns the columns row by row: [count × contextWidth]. */
export function contextColumns(layout: ContextLayout, data: Pick<Dataset, 'rows' | 'width' | 'count'>): Float32Array {
  const { count, width } = data
  const rows = withCodeIndices(data, layout.codes)
  const all = Int32Array.from({ length: count }, (_, row) => row)
  const design = designOf(layout.standardisation, { rows, width }, all)
  const columns = new Float32Array(count * design.width)
  for (let row = 0; row < count; row++)
    for (let column = 0; column < design.width; column++)
      columns[row * design.width + column] = design.columns[column * count + row]!
  return columns
}

/** Replaces codes by their indices in the list; unknown codes get the index after the last. */
function withCodeIndices(
  { rows, width, count }: Pick<Dataset, 'rows' | 'width' | 'count'>,
  codes: ContextLayout['codes'],
): Float32Array {
  const indexed = rows.slice(0, count * width)
  codes.forEach((list, feature) => {
    if (list === null) return
    const indices = new Map(list.map((code, index) => [code, index]))
    for (let row = 0; row < count; row++) {
      const code = indexed[row * width + feature]!
      if (!Number.isNaN(code)) indexed[row * width + feature] = indices.get(code) ?? list.length
    }
  })
  return indexed
}

function frequentCodes(rows: Float32Array, width: number, count: number, feature: number): number[] {
  const counts = new Map<number, number>()
  for (let row = 0; row < count; row++) {
    const code = rows[row * width + feature]!
    if (!Number.isNaN(code)) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, found]) => found >= ROWS_MIN)
    .sort(([one, often], [other, otherOften]) => otherOften - often || one - other)
    .slice(0, CODES_MAX)
    .map(([code]) => code)
}
