/** A difference between the published result and the replayed one. */
export interface Difference {
  readonly place: string
  readonly expected: string
  readonly got: string
}

export interface Count {
  readonly compared: number
  readonly different: number
}

/** Comparison of a task's published records. */
export interface PublishedCount extends Count {
  readonly missing: number
  readonly extra: number
  /** Expected records that could not be compared, because retention has deleted them. */
  readonly deleted: number
}

export const nothingPublished: PublishedCount = { compared: 0, different: 0, missing: 0, extra: 0, deleted: 0 }

export function sumOfPublished(counts: readonly PublishedCount[]): PublishedCount {
  const sum = (name: keyof PublishedCount) => counts.reduce((total, count) => total + count[name], 0)
  return {
    compared: sum('compared'),
    different: sum('different'),
    missing: sum('missing'),
    extra: sum('extra'),
    deleted: sum('deleted'),
  }
}

export const DIFFERENCES_MAX = 60

export function addDifference(differences: Difference[], place: string, expected: string, got: string): void {
  if (differences.length < DIFFERENCES_MAX) differences.push({ place, expected, got })
}

/** Formats bytes for a report, starting shortly before the first difference. */
export function formatBytes(bytes: Buffer | null | undefined, other?: Buffer | null): string {
  if (bytes === undefined) return 'no record'
  if (bytes === null) return 'a tombstone'
  const from = Math.max(0, firstDifference(bytes, other ?? Buffer.alloc(0)) - 8)
  const piece = bytes.toString('hex', from, from + SHOWN_BYTES)
  return `${from > 0 ? '…' : ''}${piece}${from + SHOWN_BYTES < bytes.length ? '…' : ''} (${bytes.length} bytes)`
}

const SHOWN_BYTES = 32

function firstDifference(a: Buffer, b: Buffer): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) if (a[index] !== b[index]) return index
  return b.length === 0 ? 0 : length
}
