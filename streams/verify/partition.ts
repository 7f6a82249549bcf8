import type { PublishedRecord, PublishedRecords, Transaction } from './records.ts'
import { createRecordComparison, type ExpectedRecord, type RecordComparisonOptions } from './record-comparison.ts'
import type { PublishedCount } from './report.ts'

export interface PartitionCheckOptions extends RecordComparisonOptions {
  readonly records: PublishedRecords
  /** The task's producer ids in the order in which it had them. */
  readonly producerIds: readonly number[]
  /** The first transaction that was replayed; `undefined`: there was none. */
  readonly first: () => Transaction | undefined
  /** Called with each record of another writer. */
  readonly onOther: (record: PublishedRecord) => void
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
  const { records, producerIds } = options
  const own = new Set(producerIds)
  const comparison = createRecordComparison(options)
  let open: { readonly transaction: Transaction; readonly records: ExpectedRecord[] } | undefined

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
      if (isReplayed(next)) comparison.tooMany(next)
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
    comparison.compare(expected, got, transaction.writtenAt)
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
        comparison.seen(next.key)
        if (last !== undefined && order(next, last) <= 0 && isReplayed(next)) comparison.tooMany(next)
        records.take()
      }
      const count = comparison.finish()
      await records.close()
      return count
    },
    close: () => records.close(),
  }
}
