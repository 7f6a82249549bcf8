import { noMetrics, type StreamMetrics } from '../../streams/metrics.ts'

/** One call to the metrics as data that can be posted to another thread: the measure's name and its arguments. */
export type MetricsCall = {
  [Name in keyof StreamMetrics]: readonly [Name, ...Parameters<StreamMetrics[Name]>]
}[keyof StreamMetrics]

export interface RecordedMetrics extends StreamMetrics {
  /** Returns and clears the recorded calls. */
  take(): readonly MetricsCall[]
}

/**
 * Buffers every call until they are taken. Nothing is aggregated here, so that histograms are the same as with one
 * thread.
 */
export function recordMetrics(): RecordedMetrics {
  let calls: MetricsCall[] = []
  const record =
    (name: string) =>
    (...args: readonly unknown[]) =>
      void calls.push([name, ...args] as unknown as MetricsCall)
  const recorder = Object.fromEntries(
    Object.keys(noMetrics).map((name) => [name, record(name)]),
  ) as unknown as StreamMetrics
  return {
    ...recorder,
    take() {
      const taken = calls
      calls = []
      return taken
    },
  }
}

export function replayMetrics(calls: readonly MetricsCall[], into: StreamMetrics): void {
  for (const [name, ...args] of calls) (into[name] as (...values: readonly unknown[]) => void)(...args)
}

/**
 * Merges the metrics of several threads: tasks per processor are summed, and a task’s state is told with its thread, the
 * first being 1. Every other metric has a partition label or is a counter.
 */
export function sharedMetrics(metrics: StreamMetrics): () => StreamMetrics {
  const tasksByThread: Map<string, number>[] = []
  return () => {
    const own = new Map<string, number>()
    const thread = tasksByThread.push(own)
    return {
      ...metrics,
      running(processor, tasks) {
        own.set(processor, tasks)
        metrics.running(
          processor,
          tasksByThread.reduce((sum, tasksOf) => sum + (tasksOf.get(processor) ?? 0), 0),
        )
      },
      taskChanged: (processor, partition, state, reason) =>
        metrics.taskChanged(processor, partition, state, reason, thread),
    }
  }
}
