import type { Dataset } from '../model.ts'
import { designOf, type Standardisation } from '../linear/standardise.ts'

/** Which numbers go into the first layer: columns of a design, then the embeddings of categories. */
export interface InputLayout {
  readonly standardisation: Standardisation
  /** Columns of the standardised design: features that vary, then their indicators. */
  readonly columns: readonly number[]
  /** The feature of each of them. */
  readonly features: readonly number[]
  readonly embeddings: readonly Embedding[]
  /** Numbers that go into the first layer in all. */
  readonly width: number
}

export interface Embedding {
  readonly feature: number
  /** Known categories, then any other, then a missing value. */
  readonly codes: number
  /** Numbers of a category's vector. */
  readonly size: number
}

/** Rows as the network takes them. */
export interface InputRows {
  readonly count: number
  /** Row by row: as many as the layout has columns. */
  readonly numbers: Float32Array
  /** For each embedding the code of each row. */
  readonly codes: readonly Int32Array[]
}

const EMBEDDING_SIZE_MAX = 16

/** A design is of twice as long numbers: only a part of it is there at a time. */
const ROWS_AT_ONCE = 8_192

export function inputLayout(standardisation: Standardisation): InputLayout {
  const { scale, indicators, oneHot = [] } = standardisation
  const categories = new Set(oneHot.map(({ feature }) => feature))
  const columns = scale.flatMap((each, feature) => (each !== 0 && !categories.has(feature) ? [feature] : []))
  indicators.forEach((feature, k) => {
    // A missing category has an embedding of its own.
    if (!categories.has(feature)) columns.push(scale.length + k)
  })
  const embeddings = oneHot.map(({ feature, columns: names }) => ({
    feature,
    codes: names + 1,
    size: Math.min(EMBEDDING_SIZE_MAX, Math.max(1, Math.ceil(Math.sqrt(names - 1)))),
  }))
  // Where nothing varies the network learns the mean; a layer of no inputs would be one more case everywhere.
  if (columns.length + embeddings.length === 0) columns.push(0)
  return {
    standardisation,
    columns,
    features: columns.map((column) => (column < scale.length ? column : indicators[column - scale.length]!)),
    embeddings,
    width: embeddings.reduce((sum, { size }) => sum + size, columns.length),
  }
}

/** The chosen rows as the network takes them. */
export function inputRows(layout: InputLayout, data: Pick<Dataset, 'rows' | 'width'>, chosen: Int32Array): InputRows {
  const count = chosen.length
  const { columns, embeddings, standardisation } = layout
  const withoutCategories = { ...standardisation, oneHot: [] }
  const numbers = new Float32Array(count * columns.length)
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const part = chosen.subarray(from, from + ROWS_AT_ONCE)
    const design = designOf(withoutCategories, data, part)
    columns.forEach((column, place) => {
      for (let i = 0; i < part.length; i++)
        numbers[(from + i) * columns.length + place] = design.columns[column * part.length + i]!
    })
  }
  const codes = embeddings.map(({ feature, codes }) =>
    Int32Array.from(chosen, (row) => embeddingCode(data.rows[row * data.width + feature]!, codes)),
  )
  return { count, numbers, codes }
}

/** The index of a category's vector in an embedding table of this size. */
export function embeddingCode(value: number, codes: number): number {
  if (Number.isNaN(value)) return codes - 1
  return value >= 0 && value < codes - 2 ? Math.floor(value) : codes - 2
}
