import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordBatch } from '../../kafka/client.ts'
import { replayJournal } from '../replay/journal-replay.ts'
import { ReplayGapError } from '../replay/journal-replay-gap.ts'
import type { Store } from '../state/store.ts'
import { openStore } from '../state/open-store.ts'
import { kindsOf } from '../state/task-state.ts'
import type { Writers } from './journal.ts'
import type { PastSpan, VerifyOptions } from './options.ts'
import { createPublishedCheck, sumOfOutcomes, type PublishedCheck, type PublishedOutcome } from './published.ts'
import type { Count, Difference } from './report.ts'
import type { VerificationStart } from './start.ts'
import { compareState, readServedState } from './state.ts'

export interface TaskVerification extends PublishedOutcome {
  readonly processor: string
  readonly partition: number
  readonly transactions: number
  readonly inputs: number
  readonly state: Count
  /** Why the task could not be verified completely. */
  readonly gap?: string
}

/** Verifies one task, from a known state to the one in the changelog. */
export interface TaskCheck {
  /** Trusts the state up to an offset of the changelog, by default its end, and starts from there. */
  trustState(offset?: number): Promise<void>
  /** Trusts the state before a span of the past, and starts from there. Throws if its changelog is incomplete. */
  trustPast(past: PastSpan): Promise<void>
  /** Replays and compares up to the end of the changelog, or of the span of the past. */
  run(writers: Writers): Promise<void>
  readonly published: PublishedCheck | undefined
  /** Adds an outcome that was found while checking another task. */
  add(found: PublishedOutcome): void
  readonly outcome: TaskVerification
  close(): Promise<void>
}

const NOT_COMPARED: Count = { compared: 0, different: 0 }

export async function openTaskCheck(
  options: VerifyOptions,
  partition: number,
  start: VerificationStart,
  differences: Difference[],
): Promise<TaskCheck> {
  const { client, naming, processor } = options
  const directory = join(options.directory, `${processor.name}-${partition}`)
  rmSync(directory, { recursive: true, force: true })
  const task: CheckedTask = {
    options,
    partition,
    start,
    differences,
    replayed: await openStore(join(directory, 'replayed'), 'verify'),
    served: undefined,
    after: 0,
    published: undefined,
  }
  let outcome: TaskVerification | undefined

  return {
    async trustState(offset) {
      const { replayed } = task
      const end = offset === undefined ? {} : { offset }
      const changelog = naming.changelog(processor)
      task.after = await readServedState(client, changelog, partition, replayed, kindsOf(processor), end)
    },
    async trustPast(past) {
      const changelog = naming.changelog(processor)
      let found: number | undefined
      const isEnd = (batch: RecordBatch) => {
        if (batch.timestamps[0]! < past.from) return false
        found = batch.offsets[0]!
        return true
      }
      task.after = await readServedState(client, changelog, partition, task.replayed, kindsOf(processor), { isEnd })
      if ((found ?? Number.POSITIVE_INFINITY) < (await past.completeFrom(changelog, partition)))
        throw new Error(
          `The state of ${processor.name}/${partition} at ${new Date(past.from).toISOString()} is not known any more: the archive ` +
            'is complete from a later time on. Verify a later time.',
        )
    },
    async run(writers) {
      task.served = await openStore(join(directory, 'served'), 'verify')
      outcome = await replayAndCompare(task, task.served, writers)
      options.log(line(`${processor.name}/${partition}`, outcome))
    },
    get published() {
      return task.published
    },
    add(found) {
      outcome = { ...outcome!, ...sumOfOutcomes([outcome!, found]) }
    },
    get outcome() {
      return outcome!
    },
    async close() {
      await task.published?.close()
      await task.replayed.close()
      await task.served?.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

interface CheckedTask {
  readonly options: VerifyOptions
  readonly partition: number
  readonly start: VerificationStart
  readonly differences: Difference[]
  /** State computed by the replay. */
  readonly replayed: Store
  /** The state in the changelog. */
  served: Store | undefined
  /** Number of the transaction after which the replay starts. */
  after: number
  published: PublishedCheck | undefined
}

async function replayAndCompare(task: CheckedTask, served: Store, writers: Writers): Promise<TaskVerification> {
  const { options, partition, start, differences, replayed, after } = task
  const { client, naming, processor } = options
  const { past } = options
  const end = past === undefined ? {} : { isEnd: ({ timestamps }: RecordBatch) => timestamps[0]! >= past.to }
  const until = await readServedState(client, naming.changelog(processor), partition, served, kindsOf(processor), end)
  const done = { transactions: 0, inputs: 0, state: NOT_COMPARED }
  let gap: string | undefined
  // Read after the state, so that the globals of every transaction are included.
  const globals = await options.globals()
  await writers.refresh()
  const published = { ...options, partition, writers, startOf: start.publishedOf, differences }
  const check = (task.published = await createPublishedCheck(published))
  try {
    await replayJournal({
      ...options,
      partition,
      globals,
      store: replayed,
      after,
      until,
      journalFrom: start.journalOf(partition),
      async onTransaction(transaction, result) {
        options.signal.throwIfAborted()
        await check.transaction(transaction, result)
        done.transactions++
        done.inputs += result.inputs
      },
    })
    done.state = compareState(`${processor.name}/${partition}`, kindsOf(processor), replayed, served, differences)
  } catch (error) {
    if (!(error instanceof ReplayGapError)) throw error
    gap = error.message
  }
  return {
    processor: processor.name,
    partition,
    ...done,
    ...(await check.finish()),
    ...(gap === undefined ? {} : { gap }),
  }
}

/** Returns the number of wrong records of a task. */
export function differencesOf({ messages, deadLetters, state }: TaskVerification): number {
  return [messages, deadLetters].reduce(
    (sum, count) => sum + count.different + count.missing + count.extra,
    state.different,
  )
}

function line(name: string, task: TaskVerification): string {
  const { transactions, inputs, messages, deadLetters, state, gap } = task
  const published = messages.compared + deadLetters.compared
  const text = `${name}: ${transactions} transactions, ${inputs} records read, ${published} published, ${state.compared} of state, ${differencesOf(task)} differences`
  return gap === undefined ? text : `${text}; it can’t be verified ${gap}`
}
