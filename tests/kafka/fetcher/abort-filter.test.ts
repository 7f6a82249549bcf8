import fc from 'fast-check'
import { createAbortFilter, type AbortedTransaction } from '../../../kafka/fetcher/abort-filter.ts'

/** One batch of a log: a producer’s data, or the marker that ends its transaction. Batch i is at offset i. */
interface LogEntry {
  readonly producerId: bigint
  readonly type: 'data' | 'commit' | 'abort'
}

const log = fc.array(
  fc.record({
    producerId: fc.bigInt({ min: 1n, max: 3n }),
    type: fc.constantFrom<LogEntry['type']>('data', 'data', 'data', 'commit', 'abort'),
  }),
  { maxLength: 60 },
)

interface Transaction extends AbortedTransaction {
  readonly lastOffset: number
  readonly aborted: boolean
}

/** Derives the transactions from the whole log, as the broker knows them: the reference for the filter. */
function transactionsOf(entries: readonly LogEntry[]): Transaction[] {
  const begun = new Map<bigint, number>()
  const ended: Transaction[] = []
  entries.forEach(({ producerId, type }, offset) => {
    if (type === 'data') {
      if (!begun.has(producerId)) begun.set(producerId, offset)
    } else if (begun.has(producerId)) {
      ended.push({ producerId, firstOffset: begun.get(producerId)!, lastOffset: offset, aborted: type === 'abort' })
      begun.delete(producerId)
    }
  })
  return ended
}

/**
 * Returns the offsets that pass the filter when the log is read from `from` in responses of `size` batches, each with
 * the broker’s list of aborted transactions.
 */
function readThrough(entries: readonly LogEntry[], from: number, size: number, shuffle: boolean): number[] {
  const transactions = transactionsOf(entries)
  const filter = createAbortFilter()
  const seen: number[] = []
  for (let start = from; start < entries.length; start += size) {
    const end = Math.min(start + size, entries.length)
    const overlapping = transactions.filter((one) => one.aborted && one.lastOffset >= start && one.firstOffset < end)
    filter.announce(shuffle ? overlapping.reverse() : overlapping)
    for (let offset = start; offset < end; offset++) {
      const { producerId, type } = entries[offset]!
      if (type !== 'data') filter.end(producerId, offset)
      else if (!filter.isAborted(producerId, offset)) seen.push(offset)
    }
  }
  return seen
}

function expected(entries: readonly LogEntry[], from: number): number[] {
  const aborted = transactionsOf(entries).filter((one) => one.aborted)
  return entries.flatMap(({ producerId, type }, offset) => {
    const dropped = aborted.some(
      (one) => one.producerId === producerId && one.firstOffset <= offset && offset <= one.lastOffset,
    )
    return type === 'data' && offset >= from && !dropped ? [offset] : []
  })
}

describe('the abort filter', () => {
  it('agrees with a reference that sees the whole log, for any mix, start, response size and order of the list', () => {
    fc.assert(
      fc.property(log, fc.nat(60), fc.integer({ min: 1, max: 60 }), fc.boolean(), (entries, from, size, shuffle) => {
        expect(readThrough(entries, from, size, shuffle)).toEqual(expected(entries, from))
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps a transaction that is named repeatedly until its marker comes', () => {
    const filter = createAbortFilter()
    for (let response = 0; response < 3; response++) {
      filter.announce([{ producerId: 7n, firstOffset: 10 }])
      expect(filter.isAborted(7n, 10 + response)).toBe(true)
    }
    filter.end(7n, 13)
    expect(filter.isAborted(7n, 14)).toBe(false)
  })

  it('lets through commits of a producer between two of its aborted transactions', () => {
    const filter = createAbortFilter()
    filter.announce([
      { producerId: 7n, firstOffset: 0 },
      { producerId: 7n, firstOffset: 4 },
    ])
    expect(filter.isAborted(7n, 0)).toBe(true)
    filter.end(7n, 1)
    expect(filter.isAborted(7n, 2)).toBe(false)
    filter.end(7n, 3)
    expect(filter.isAborted(7n, 4)).toBe(true)
  })

  it('does not mistake one producer’s marker for another’s', () => {
    const filter = createAbortFilter()
    filter.announce([{ producerId: 7n, firstOffset: 0 }])
    filter.end(8n, 1)
    expect(filter.isAborted(7n, 2)).toBe(true)
    expect(filter.isAborted(8n, 2)).toBe(false)
  })
})
