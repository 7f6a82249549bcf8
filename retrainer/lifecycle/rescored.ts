import type { Model } from '../../models/model.ts'
import { scored } from './scored.ts'

/** A row that was scored, as it is kept. */
interface KeptRow {
  readonly row: readonly number[]
  readonly text: string | null
  readonly lineTimes: readonly Date[] | null
}

/** Scores kept rows by a model; of several outputs, returns the highest. */
export async function rescored(model: Model, kept: readonly KeptRow[]): Promise<Float64Array> {
  const width = model.featureNames.length
  const rows = new Float32Array(kept.length * width)
  for (const [index, { row }] of kept.entries()) rows.set(row, index * width)
  const batch = {
    count: kept.length,
    width,
    rows,
    texts: kept.map(({ text }) => text),
    lineTimes: kept.map(({ lineTimes }) => lineTimes?.map((time) => time.getTime()) ?? null),
  }
  const outputs = model.outputs.length
  const all = await scored((given, into) => model.score(given, into), batch, outputs)
  return Float64Array.from(kept, (_, index) =>
    all.subarray(index * outputs, (index + 1) * outputs).reduce((most, one) => Math.max(most, one)),
  )
}
