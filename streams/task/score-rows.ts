import type { Batch, Model } from '../../processors/processor.ts'

/** Range of rows of a transaction, from (inclusive) to (exclusive), that the model did not score, and why. */
export interface UnscoredRows {
  readonly from: number
  readonly to: number
  readonly reason: string
}

/**
 * Thrown when the model fails. The row, the model or its runtime may be at fault: the caller retries first and then
 * narrows it down.
 */
export class ScoreError extends Error {
  override readonly name = 'ScoreError'
  readonly modelId: string

  constructor(modelId: string, cause: unknown) {
    super(`The model ${modelId} fails: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.modelId = modelId
  }
}

export interface ScoringOptions {
  /** Rows not to score, with the reason. */
  readonly unscored?: readonly UnscoredRows[]
  /** Whether to leave rows on which the model fails unscored; otherwise `ScoreError` is thrown. */
  readonly narrow: boolean
}

/** Failing calls after which the problem is more than a few rows, so the remaining rows are not scored. */
const FAILING_CALLS_MAX = 32

/** Scores all rows that it can. Returns the others, whose numbers are NaN. */
export async function scoreRows(
  model: Model,
  batch: Batch,
  into: Float64Array,
  { unscored = [], narrow }: ScoringOptions,
): Promise<readonly UnscoredRows[]> {
  const left: UnscoredRows[] = []
  let failing = 0

  async function score(from: number, to: number): Promise<void> {
    if (from >= to) return
    try {
      await model.score(
        from === 0 && to === batch.count ? batch : part(batch, from, to),
        into.subarray(from * outputs, to * outputs),
      )
    } catch (cause) {
      const error = new ScoreError(model.id, cause)
      if (!narrow) throw error
      if (to - from === 1 || ++failing > FAILING_CALLS_MAX) return leave({ from, to, reason: error.message })
      const middle = (from + to) >>> 1
      await score(from, middle)
      await score(middle, to)
    }
  }

  function leave(rows: UnscoredRows): void {
    into.fill(Number.NaN, rows.from * outputs, rows.to * outputs)
    const before = left.at(-1)
    if (before?.to === rows.from && before.reason === rows.reason) left[left.length - 1] = { ...before, to: rows.to }
    else left.push(rows)
  }

  const outputs = model.outputs.length
  let next = 0
  for (const { from, to, reason } of unscored) {
    await score(next, Math.min(from, batch.count))
    if (from < batch.count) leave({ from, to: Math.min(to, batch.count), reason })
    next = to
  }
  await score(next, batch.count)
  return left
}

export function reasonOf(unscored: readonly UnscoredRows[], row: number): string | undefined {
  return unscored.find(({ from, to }) => row >= from && row < to)?.reason
}

function part({ width, rows, texts, lineTimes }: Batch, from: number, to: number): Batch {
  return {
    count: to - from,
    width,
    rows: rows.subarray(from * width, to * width),
    texts: texts.slice(from, to),
    lineTimes: lineTimes?.slice(from, to),
  }
}
