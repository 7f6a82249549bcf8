import type { PublishedRecord, PublishedRecords } from './records.ts'
import { addDifference, formatBytes, type Difference, type PublishedCount } from './report.ts'

/** A record that a task should have published. */
export interface ExpectedRecord {
  readonly key: Buffer
  readonly value: Buffer | null
  /** Returns whether a value that is not bit-identical is equal within the tolerance. */
  readonly isWithinTolerance?: ((published: Buffer) => boolean) | undefined
}

export interface RecordComparisonOptions {
  /** Name of the partition for reports. */
  readonly name: string
  readonly records: Pick<PublishedRecords, 'isCut'>
  /** Time in ms since the epoch before which compaction may have left only the last record of each key. */
  readonly completeSince: number
  /** Returns the event id in a value. */
  readonly idOf: (value: Buffer) => string
  readonly differences: Difference[]
}

/** Compares and counts the records of one partition, transaction by transaction. */
export interface RecordComparison {
  /** @param writtenAt when the transaction began */
  compare(expected: Expected, published: Published, writtenAt: number): void
  /** Reports an unexpected record. */
  unexpected(record: PublishedRecord): void
  /** Notes that the partition has a record of the key, by any writer. */
  seen(key: Buffer | null): void
  /** Ends the comparison and returns the counts. */
  finish(): PublishedCount
}

type Expected = readonly ExpectedRecord[]
type Published = readonly PublishedRecord[]
type KeyAndValue = Pick<PublishedRecord, 'key' | 'value'>

export function createRecordComparison(options: RecordComparisonOptions): RecordComparison {
  const { name, records, completeSince, idOf, differences } = options
  const count = { compared: 0, different: 0, missing: 0, extra: 0, deleted: 0 }
  /** Keys of records that compaction may have removed: a later record of the key must exist. */
  const superseded = new Set<string>()
  let hasFound = false

  const idOrKey = ({ key, value }: KeyAndValue) => (value === null ? String(key) : idOf(value))
  const nameOf = (record: KeyAndValue) => (record.value === null ? '\u0000' : '') + idOrKey(record)
  const placeOf = (record: PublishedRecord) => `${name} at ${record.offset}: ${idOrKey(record)}`

  function found(record: Pick<PublishedRecord, 'key'>): void {
    count.compared++
    hasFound = true
    superseded.delete(String(record.key))
  }

  function differ(record: ExpectedRecord, match: PublishedRecord): void {
    count.different++
    const isKey = match.key === null || !record.key.equals(match.key)
    const [wanted, published] = isKey ? [record.key, match.key] : [record.value, match.value]
    const [left, right] = [formatBytes(wanted, published), formatBytes(published, wanted)]
    addDifference(differences, placeOf(match), isKey ? `key ${left}` : left, isKey ? `key ${right}` : right)
  }

  function notFound(record: ExpectedRecord, mayBeCompacted: boolean): void {
    if (mayBeCompacted) superseded.add(String(record.key))
    else if (records.isCut && !hasFound) count.deleted++
    else {
      count.missing++
      addDifference(differences, `${name}: ${idOrKey(record)}`, formatBytes(record.value), 'no record')
    }
  }

  function unexpected(record: PublishedRecord): void {
    count.extra++
    addDifference(differences, placeOf(record), 'no record', formatBytes(record.value))
  }

  /** Compares records by id, in any order. */
  function compareById(expected: Expected, published: Published, mayBeCompacted: boolean): void {
    const left = Map.groupBy(published, nameOf)
    for (const record of expected) {
      const match = left.get(nameOf(record))?.shift()
      if (match === undefined) notFound(record, mayBeCompacted)
      else {
        found(record)
        if (!isSame(record, match)) differ(record, match)
      }
    }
    for (const list of left.values()) list.forEach(unexpected)
  }

  return {
    compare(expected, published, writtenAt) {
      const mayBeCompacted = writtenAt < completeSince
      const isAsMany = expected.length === published.length
      if (isAsMany && expected.every((record, index) => isSame(record, published[index]!)))
        return published.forEach(found)
      const wrongBefore = count.different + count.missing + count.extra
      compareById(expected, published, mayBeCompacted)
      const isAllThere = isAsMany && count.different + count.missing + count.extra === wrongBefore
      if (!isAllThere || mayBeCompacted) return
      count.different++
      addDifference(differences, placeOf(published[0]!), 'the order of the replay', 'the same records in another order')
    },
    unexpected,
    seen: (key) => void superseded.delete(String(key)),
    finish() {
      for (const key of superseded) {
        count.missing++
        addDifference(differences, `${name}: ${key}`, 'a record', 'no record')
      }
      return count
    },
  }
}

function isSame({ key, value, isWithinTolerance }: ExpectedRecord, record: PublishedRecord): boolean {
  if (record.key === null || !key.equals(record.key)) return false
  if (value === null || record.value === null) return value === record.value
  return value.equals(record.value) || isWithinTolerance?.(record.value) === true
}
