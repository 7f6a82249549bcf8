import type { PublishedRecord, PublishedRecords, Transaction } from './records.ts'
import { createRecordComparison, type ExpectedRecord, type RecordComparisonOptions } from './record-comparison.ts'
import type { PublishedCount } from './report.ts'

export interface PartitionCheckOptions extends RecordComparisonOptions {
  readonly records: PublishedRecords
  /** Producer ids of the task, oldest first. */
  readonly producerIds: readonly number[]
  /** Returns the first transaction that was replayed, if any. */
  readonly first: () => Transaction | undefined
  /** Called for each record of another writer. */
  readonly onOther: (record: PublishedRecord) => void
}

/** Compares one task's records in one partition with the expected ones, transaction by transaction, in order. */
export interface PartitionCheck {
  /** Adds a record that the task should have published in this transaction. */
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

  /** Compares two transactions of the task by age. */
  function order(a: Transaction, b: Transaction): number {
    return (
      producerIds.indexOf(a.producerId) - producerIds.indexOf(b.producerId) ||
      a.producerEpoch - b.producerEpoch ||
      a.writtenAt - b.writtenAt
    )
  }

  /** Returns whether the record was published after the replay began; earlier ones are ignored. */
  function isReplayed(record: PublishedRecord): boolean {
    const first = options.first()
    return first !== undefined && order(record, first) >= 0
  }

  /** Returns the task's next record and reports those of other writers on the way. */
  async function head(): Promise<PublishedRecord | undefined> {
    for (;;) {
      const record = await records.peek()
      if (record === undefined || own.has(record.producerId)) return record
      options.onOther(record)
      records.take()
    }
  }

  /** Reports records of earlier transactions as unexpected. */
  async function skipBefore(transaction: Transaction): Promise<void> {
    for (let next = await head(); next !== undefined && order(next, transaction) < 0; next = await head()) {
      if (isReplayed(next)) comparison.unexpected(next)
      records.take()
    }
  }

  async function settle(): Promise<void> {
    if (open === undefined) return
    const { transaction, records: expected } = open
    open = undefined
    await skipBefore(transaction)
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
        if (last !== undefined && order(next, last) <= 0 && isReplayed(next)) comparison.unexpected(next)
        records.take()
      }
      const count = comparison.finish()
      await records.close()
      return count
    },
    close: () => records.close(),
  }
}
