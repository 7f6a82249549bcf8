import type { Dataset } from '../model.ts'
import { designOf, type Standardisation } from '../linear/standardise.ts'

/** Layout of the first layer's inputs: columns of a design matrix, then the embeddings of categories. */
export interface InputLayout {
  readonly standardisation: Standardisation
  /** Columns of the standardised design: features that vary, then missing-value indicators. */
  readonly columns: readonly number[]
  /** Feature of each column. */
  readonly features: readonly number[]
  readonly embeddings: readonly Embedding[]
  /** Total number of inputs of the first layer. */
  readonly width: number
}

export interface Embedding {
  readonly feature: number
  /** Number of codes: the known categories, then one for any other, then one for missing values. */
  readonly codes: number
  /** Length of an embedding vector. */
  readonly size: number
}

/** Rows in the form that the network takes. */
export interface InputRows {
  readonly count: number
  /** Row by row, one number per column of the layout. */
  readonly numbers: Float32Array
  /** Codes of all rows, for each embedding. */
  readonly codes: readonly Int32Array[]
}

const EMBEDDING_SIZE_MAX = 16

/** Rows converted at a time: a design is in 64 bits, so only a part of it is in memory at once. */
const ROWS_AT_ONCE = 8_192

export function inputLayout(standardisation: Standardisation): InputLayout {
  const { scale, indicators, oneHot = [] } = standardisation
  const categories = new Set(oneHot.map(({ feature }) => feature))
  const columns = scale.flatMap((each, feature) => (each !== 0 && !categories.has(feature) ? [feature] : []))
  indicators.forEach((feature, k) => {
    // A missing category has its own embedding.
    if (!categories.has(feature)) columns.push(scale.length + k)
  })
  const embeddings = oneHot.map(({ feature, columns: names }) => ({
    feature,
    codes: names + 1,
    size: Math.min(EMBEDDING_SIZE_MAX, Math.max(1, Math.ceil(Math.sqrt(names - 1)))),
  }))
  // If nothing varies, one constant column avoids the special case of a layer without inputs; the network learns the
  // mean.
  if (columns.length + embeddings.length === 0) columns.push(0)
  return {
    standardisation,
    columns,
    features: columns.map((column) => (column < scale.length ? column : indicators[column - scale.length]!)),
    embeddings,
    width: embeddings.reduce((sum, { size }) => sum + size, columns.length),
  }
}

/** Converts the chosen rows into network inputs. */
export function inputRows(layout: InputLayout, data: Pick<Dataset, 'rows' | 'width'>, chosen: Int32Array): InputRows {
  const count = chosen.length
  const { columns, embeddings, standardisation } = layout
  const withoutCategories = { ...standardisation, oneHot: [] }
  const numbers = new Float32Array(count * columns.length)
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const part = chosen.subarray(from, from + ROWS_AT_ONCE)
    const design = designOf(withoutCategories, data, part)
    columns.forEach((column, index) => {
      for (let i = 0; i < part.length; i++)
        numbers[(from + i) * columns.length + index] = design.columns[column * part.length + i]!
    })
  }
  const codes = embeddings.map(({ feature, codes }) =>
    Int32Array.from(chosen, (row) => embeddingCode(data.rows[row * data.width + feature]!, codes)),
  )
  return { count, numbers, codes }
}

/** Returns the index of a category's vector in an embedding table of `codes` vectors. */
export function embeddingCode(value: number, codes: number): number {
  if (Number.isNaN(value)) return codes - 1
  return value >= 0 && value < codes - 2 ? Math.floor(value) : codes - 2
}
