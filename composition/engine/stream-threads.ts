import type { Processor } from '../../processors/processor.ts'
import { lagOfAll } from '../../streams/lag.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import type { CommandContext } from '../context.ts'
import { sharedMetrics } from '../threads/recorded-metrics.ts'
import { NOT_YET_AT_WORK, type RunningPart } from '../running-part.ts'
import { startPartThread, type PartThread } from '../threads/part-thread.ts'
import type { StreamThreadData } from './stream-thread-data.ts'

const ENTRY = new URL('./stream-thread.ts', import.meta.url)

/** The processors running in several threads. */
export interface StreamThreads extends RunningPart {
  /** Number of tasks per thread. */
  taskCounts(): readonly number[]
}

/**
 * Starts one engine per stream thread (`STREAM_THREADS`), each with its own client and group membership, so that the
 * brokers spread the tasks over threads as over processes. The threads share the folder of the local state. If a thread
 * fails or dies, the process fails.
 */
export async function startStreamThreads(
  context: CommandContext,
  metrics: StreamMetrics,
  chosen: readonly Processor[],
): Promise<StreamThreads> {
  const { config, log } = context
  if (config.STREAM_THREADS > config.TOPIC_PARTITIONS)
    log(
      'warn',
      `STREAM_THREADS is ${config.STREAM_THREADS}, and topics have ${config.TOPIC_PARTITIONS} partitions: the others are on standby.`,
    )
  const metricsOfThread = sharedMetrics(metrics)
  const processors = chosen.map(({ name }) => name)
  const threads = Array.from({ length: config.STREAM_THREADS }, (_, index) =>
    startThread(context, metricsOfThread(), { thread: index + 1, config, processors }),
  )
  try {
    await Promise.all(threads.map(({ started }) => started))
  } catch (error) {
    await Promise.all(threads.map((thread) => thread.kill()))
    throw error
  }
  return {
    name: 'processors',
    taskCounts: () => threads.map((thread) => thread.tasks()),
    trouble() {
      const failing = threads.map((thread) => thread.trouble()).find((trouble) => trouble !== undefined)
      return failing ?? (threads.some((thread) => thread.tasks() > 0) ? undefined : NOT_YET_AT_WORK)
    },
    lag: () => lagOfAll(threads),
    async stop() {
      const outcomes = await Promise.allSettled(threads.map((thread) => thread.stop()))
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    },
  }
}

function startThread(context: CommandContext, metrics: StreamMetrics, data: StreamThreadData): PartThread {
  const { thread } = data
  const name = `Stream thread ${thread}`
  return startPartThread(context, metrics, {
    entry: ENTRY,
    name,
    shortName: `stream-${thread}`,
    data,
    fields: { thread },
  })
}
