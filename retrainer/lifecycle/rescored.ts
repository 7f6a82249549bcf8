import type { Model } from '../../models/model.ts'
import type { ServedScore } from '../../store/models/served-row.ts'
import { scored } from './scored.ts'

/** Scores kept rows by a model; of several outputs, returns the highest. */
export async function rescored(model: Model, kept: readonly Omit<ServedScore, 'probability'>[]): Promise<Float64Array> {
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
