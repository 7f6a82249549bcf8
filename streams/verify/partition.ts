import type { PublishedRecord, PublishedRecords, Transaction } from './records.ts'
import { note, shownBytes, type Difference, type PublishedCount } from './report.ts'

/** What a task should have published. */
export interface ExpectedRecord {
  readonly key: Buffer
  readonly value: Buffer | null
  /** Whether a value that is not the same to the bit is as good. */
  readonly isNearly?: ((published: Buffer) => boolean) | undefined
}

export interface PartitionCheckOptions {
  /** Details for investigating a difference. */
  readonly name: string
  readonly records: PublishedRecords
  /** Of a compacted topic only the last record of each key is sure to be there. */
  readonly isCompacted: boolean
  /** The task's producer ids in the order in which it had them. */
  readonly producerIds: readonly number[]
  /** The first transaction that was replayed; `undefined`: there was none. */
  readonly first: () => Transaction | undefined
  /** The event's id in a value. */
  readonly idOf: (value: Buffer) => string
  /** Called with each record of another writer. */
  readonly onOther: (record: PublishedRecord) => void
  readonly differences: Difference[]
}

/**
 * Compares what one task has published in one partition with what it should have, transaction by transaction, in order.
 */
export interface PartitionCheck {
  /** What the task should have published there in its next transaction. */
  expect(transaction: Transaction, record: ExpectedRecord): Promise<void>
  /** @param last the last transaction that was replayed */
  finish(last: Transaction | undefined): Promise<PublishedCount>
  close(): Promise<void>
}

export function createPartitionCheck(options: PartitionCheckOptions): PartitionCheck {
  const { name, records, isCompacted, producerIds, idOf, differences } = options
  const own = new Set(producerIds)
  const count = { compared: 0, different: 0, missing: 0, extra: 0, deleted: 0 }
  /** Keys of records that compaction may have taken away: a later one of the key must be there. */
  const superseded = new Set<string>()
  let open: { readonly transaction: Transaction; readonly records: ExpectedRecord[] } | undefined
  let found = false

  /** Which of two transactions of the task came first. */
  function order(a: Transaction, b: Transaction): number {
    return (
      producerIds.indexOf(a.producerId) - producerIds.indexOf(b.producerId) ||
      a.producerEpoch - b.producerEpoch ||
      a.writtenAt - b.writtenAt
    )
  }

  /** Ignores what was published before the replay began or after it ended. */
  function isReplayed(record: PublishedRecord): boolean {
    const first = options.first()
    return first !== undefined && order(record, first) >= 0
  }

  /** The task's next record. */
  async function head(): Promise<PublishedRecord | undefined> {
    for (;;) {
      const record = await records.peek()
      if (record === undefined || own.has(record.producerId)) return record
      options.onOther(record)
      records.take()
    }
  }

  /** Records of earlier transactions that were not expected. */
  async function passBefore(transaction: Transaction): Promise<void> {
    for (let next = await head(); next !== undefined && order(next, transaction) < 0; next = await head()) {
      if (isReplayed(next)) tooMany(next)
      records.take()
    }
  }

  async function settle(): Promise<void> {
    if (open === undefined) return
    const { transaction, records: expected } = open
    open = undefined
    await passBefore(transaction)
    const got: PublishedRecord[] = []
    for (let next = await head(); next !== undefined && order(next, transaction) === 0; next = await head()) {
      got.push(next)
      records.take()
    }
    compare(expected, got)
  }

  function compare(expected: readonly ExpectedRecord[], got: readonly PublishedRecord[]): void {
    if (expected.length === got.length && expected.every((record, index) => isSame(record, got[index]!))) {
      for (const { key } of got) superseded.delete(String(key))
      count.compared += got.length
      found = true
      return
    }
    const differencesBefore = count.different + count.missing + count.extra
    const nameOf = ({ key, value }: { readonly key: Buffer | null; readonly value: Buffer | null }) =>
      value === null ? `\u0000${String(key)}` : idOf(value)
    const left = Map.groupBy(got, nameOf)
    for (const record of expected) {
      const match = left.get(nameOf(record))?.shift()
      if (match !== undefined) {
        found = true
        superseded.delete(String(record.key))
        count.compared++
        if (!isSame(record, match)) differ(record, match)
      } else if (isCompacted) superseded.add(String(record.key))
      else if (records.isCut && !found) count.deleted++
      else missing(record)
    }
    for (const list of left.values()) list.forEach(tooMany)
    if (
      expected.length === got.length &&
      count.different + count.missing + count.extra === differencesBefore &&
      !isCompacted
    ) {
      count.different++
      note(differences, placeOf(got[0]!), 'the order of the replay', 'the same records in another order')
    }
  }

  function differ(record: ExpectedRecord, match: PublishedRecord): void {
    count.different++
    const isKey = match.key === null || !record.key.equals(match.key)
    const [wanted, published] = isKey ? [record.key, match.key] : [record.value, match.value]
    const what = isKey ? 'key ' : ''
    note(differences, placeOf(match), what + shownBytes(wanted, published), what + shownBytes(published, wanted))
  }

  function missing({ key, value }: ExpectedRecord): void {
    count.missing++
    note(differences, `${name}: ${value === null ? key.toString() : idOf(value)}`, shownBytes(value), 'no record')
  }

  function tooMany(record: PublishedRecord): void {
    count.extra++
    note(differences, placeOf(record), 'no record', shownBytes(record.value))
  }

  function placeOf({ offset, key, value }: PublishedRecord): string {
    return `${name} at ${offset}: ${value === null ? String(key) : idOf(value)}`
  }

  return {
    async expect(transaction, record) {
      if (open !== undefined && order(open.transaction, transaction) !== 0) await settle()
      open ??= { transaction, records: [] }
      open.records.push(record)
    },
    async finish(last) {
      await settle()
      for (let next = await head(); next !== undefined; next = await head()) {
        superseded.delete(String(next.key))
        if (last !== undefined && order(next, last) <= 0 && isReplayed(next)) tooMany(next)
        records.take()
      }
      for (const key of superseded) {
        count.missing++
        note(differences, `${name}: ${key}`, 'a record', 'no record')
      }
      await records.close()
      return count
    },
    close: () => records.close(),
  }
}

function isSame({ key, value, isNearly }: ExpectedRecord, record: PublishedRecord): boolean {
  if (record.key === null || !key.equals(record.key)) return false
  if (value === null || record.value === null) return value === record.value
  return value.equals(record.value) || isNearly?.(record.value) === true
}
