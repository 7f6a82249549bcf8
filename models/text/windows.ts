/** A record of a case: the ids of its text and its epoch ms, NaN without a time. */
export interface CaseRecord {
  readonly ids: Int32Array
  readonly at: number
}

/**
 * What to read of a case that is longer than the window: its newest part; its beginning and its newest part; or each
 * record separately.
 */
export const STRATEGIES = ['newest', 'head-tail', 'visit-wise'] as const
export type Strategy = (typeof STRATEGIES)[number]

export interface CaseWindows {
  readonly windows: readonly Int32Array[]
  /** Epoch ms of the record of each window. */
  readonly times: readonly number[]
  /** Number of ids that are in no window. */
  readonly leftOut: number
}

/** Special tokens of a window, at its beginning and end. */
export const SPECIAL_TOKEN_COUNT = 2

/** Share of the window for the beginning of the text (Sun et al. 2019 found 128 of 512 best). */
const HEAD_SHARE = 0.25
/** Maximum number of windows of a case that is read record by record; the newest are kept. */
const WINDOWS_MAX = 64

/** Returns the windows of a case with records in time order: at least one, which may be empty. */
export function windowsOf(records: readonly CaseRecord[], strategy: Strategy, windowMax: number): CaseWindows {
  if (strategy === 'visit-wise') return recordWindows(records, windowMax)
  const ids = joined(records.map((record) => record.ids))
  const times = [records.at(-1)?.at ?? Number.NaN]
  if (ids.length <= windowMax) return { windows: [ids], times, leftOut: 0 }
  const head = strategy === 'newest' ? 0 : Math.floor(windowMax * HEAD_SHARE)
  const window = joined([ids.subarray(0, head), ids.subarray(ids.length - (windowMax - head))])
  return { windows: [window], times, leftOut: ids.length - windowMax }
}

function recordWindows(records: readonly CaseRecord[], windowMax: number): CaseWindows {
  const all: { window: Int32Array; at: number }[] = []
  for (const { ids, at } of records)
    for (let start = 0; start < ids.length; start += windowMax)
      all.push({ window: ids.subarray(start, start + windowMax), at })
  const kept = all.slice(-WINDOWS_MAX)
  if (kept.length === 0) kept.push({ window: new Int32Array(0), at: records.at(-1)?.at ?? Number.NaN })
  const leftOut = all.slice(0, -WINDOWS_MAX).reduce((sum, { window }) => sum + window.length, 0)
  return { windows: kept.map(({ window }) => window), times: kept.map(({ at }) => at), leftOut }
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const ids = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    ids.set(part, at)
    at += part.length
  }
  return ids
}
