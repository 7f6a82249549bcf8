import { journal } from '../../schemas/platform/platform.ts'
import type { Topic } from '../../schemas/topic.ts'
import { openWriters } from './journal.ts'
import type { VerifyOptions } from './options.ts'
import { sumOfOutcomes, type PublishedOutcome } from './published.ts'
import type { Difference } from './report.ts'
import { fromNow, fromPast, fromTheBeginning } from './start.ts'
import { openTaskCheck, type TaskCheck, type TaskVerification } from './task.ts'

export interface ProcessorVerification extends PublishedOutcome {
  readonly tasks: readonly TaskVerification[]
  /** First differences, up to `DIFFERENCES_MAX`. */
  readonly differences: readonly Difference[]
}

/**
 * Replays the inputs of a processor’s tasks through the same folds, models and decisions, and compares all published
 * records and the state with the result, bit for bit. Each task is checked up to the moment when its turn comes; what
 * it does afterwards is ignored.
 */
export async function verifyProcessor(options: VerifyOptions): Promise<ProcessorVerification> {
  const { client, naming, registry, processor, partitionCountOf, recent, past, trustedUntil } = options
  const partitions = options.partitions ?? [...Array(partitionCountOf(naming.changelog(processor))).keys()]
  const start = await startOf(options)
  const writers = await openWriters({
    client,
    naming,
    registry,
    partitionCount: partitionCountOf(naming.topic(journal as Topic)),
    from: start.journalOf,
  })
  const differences: Difference[] = []
  const checks = new Map<number, TaskCheck>()
  try {
    for (const partition of partitions)
      checks.set(partition, await openTaskCheck(options, partition, start, differences))
    if (recent !== undefined) {
      for (const check of checks.values()) await check.trustState()
      await recent()
    }
    if (past !== undefined) for (const check of checks.values()) await check.trustPast(past)
    if (trustedUntil !== undefined)
      for (const [partition, check] of checks) {
        const offset = await trustedUntil(naming.changelog(processor), partition)
        if (offset > 0) await check.trustState(offset)
      }
    for (const check of checks.values()) {
      options.signal.throwIfAborted()
      await check.run(writers)
    }
    // Foreign writes are detected only in the partition of another task.
    for (const write of [...checks.values()].flatMap(({ published }) => published!.foreignWrites)) {
      const writerCheck = checks.get(write.task)
      if (writerCheck !== undefined) writerCheck.add(await writerCheck.published!.countUnexpected(write))
    }
    const tasks = [...checks.values()].map(({ outcome }) => outcome)
    return { tasks, ...sumOfOutcomes(tasks), differences }
  } finally {
    for (const check of checks.values()) await check.close()
  }
}

function startOf({ client, naming, processor, partitionCountOf, recent, past }: VerifyOptions) {
  if (past !== undefined) return fromPast(past, naming, processor, partitionCountOf)
  return recent === undefined ? fromTheBeginning : fromNow(client, naming, processor, partitionCountOf)
}
