import { sourceOf, type Processor } from '../../processors/processor.ts'
import type { JournalEntry } from '../../schemas/platform/platform.ts'
import type { Position } from '../state/reserved-kinds.ts'
import type { TaskTransaction } from './task-transaction.ts'
import type { CollectedExclusions, TransactionWork } from './transaction-work.ts'

export interface WrittenTransaction {
  readonly processor: Processor
  readonly partition: number
  /** Position after the transaction. */
  readonly position: Position
  readonly writtenAt: number
  readonly work: TransactionWork
  readonly exclusions: CollectedExclusions
  readonly done: TaskTransaction
}

/** Returns the journal entry with everything that a replay needs to compute the same results again. */
export function journalEntry({
  processor,
  partition,
  position,
  writtenAt,
  work: { slices, globals },
  exclusions: { records, cut },
  done: { result, skippedKeys },
}: WrittenTransaction): JournalEntry {
  return {
    id: `${processor.name}/${partition}/${position.sequence}`,
    occurredAt: writtenAt,
    source: sourceOf(processor),
    processor: processor.name,
    partition,
    sequence: position.sequence,
    slices,
    globals: globals.positions,
    swept: position.sweptTo,
    setAside: records.map(({ record: { batch, index }, error: { code, message } }) => ({
      topic: batch.topic,
      offset: batch.offsets[index]!,
      code,
      message,
      cut: cut.some((one) => one.batch === batch && one.index === index),
    })),
    unscored: result.unscored,
    skippedKeys: [...skippedKeys].map(([key, reason]) => ({ key, reason })),
  }
}
