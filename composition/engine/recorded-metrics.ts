import { noMetrics, type StreamMetrics } from '../../streams/metrics.ts'

/** One call to the metrics, as data that may pass from one thread to another: the name of the measure and what it was told. */
export type MetricsCall = {
  [Name in keyof StreamMetrics]: readonly [Name, ...Parameters<StreamMetrics[Name]>]
}[keyof StreamMetrics]

export interface RecordedMetrics extends StreamMetrics {
  /** What was told since the last call of this. */
  take(): readonly MetricsCall[]
}

/** Keeps every call until somebody takes them. Nothing is added up here, so that histograms come out as if there were one thread. */
export function recordMetrics(): RecordedMetrics {
  let calls: MetricsCall[] = []
  const record =
    (name: string) =>
    (...told: readonly unknown[]) =>
      void calls.push([name, ...told] as unknown as MetricsCall)
  const recorder = Object.fromEntries(Object.keys(noMetrics).map((name) => [name, record(name)])) as unknown as StreamMetrics
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
  for (const [name, ...told] of calls) (into[name] as (...told: readonly unknown[]) => void)(...told)
}

/** The metrics of several threads that tell one: what each of them has of a processor's tasks is added up. All else is told apart by partition, or counted. */
export function sharedMetrics(metrics: StreamMetrics): () => StreamMetrics {
  const tasksByThread: Map<string, number>[] = []
  return () => {
    const own = new Map<string, number>()
    tasksByThread.push(own)
    return {
      ...metrics,
      running(processor, tasks) {
        own.set(processor, tasks)
        metrics.running(
          processor,
          tasksByThread.reduce((sum, thread) => sum + (thread.get(processor) ?? 0), 0),
        )
      },
    }
  }
}
