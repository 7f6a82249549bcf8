import { createRecentStats, type RecentStats } from '../live/recent.ts'
import type { StreamMetrics, TaskState } from '../../streams/metrics.ts'

/** A task of this process. */
export interface TaskFigures {
  readonly partition: number
  /** Number of its stream thread; null: the processors have no threads of their own. */
  readonly thread: number | null
  readonly state: Exclude<TaskState, 'ended'>
  /** Why it failed. */
  readonly reason: string | null
  /** Records that wait for it. */
  readonly lag: number
  /** Age of the oldest of them, in seconds; 0 if none waits. */
  readonly oldestAgeSeconds: number
}

/** What the tasks of a processor in this process do: rates over the last seconds, and each task. */
export interface ProcessorFigures extends ReturnType<RecentStats['snapshot']> {
  readonly tasks: readonly TaskFigures[]
}

/** The latest figures of every processor of this process. */
export interface TaskBoard {
  committed(processor: string, events: number, scored: number): void
  latency(processor: string, milliseconds: number): void
  lag(processor: string, partition: number, records: number): void
  readonly changed: StreamMetrics['taskChanged']
  figuresOf(processor: string): ProcessorFigures | undefined
}

interface Entry {
  readonly recent: RecentStats
  readonly lags: Map<number, number>
  /** By partition and thread: a task that moves between threads may start in one before it has ended in the other. */
  readonly tasks: Map<string, Pick<TaskFigures, 'partition' | 'thread' | 'state' | 'reason'>>
}

/** `now`: a monotonic clock in ms; `ageOf`: age of the oldest record that waits for a task, in seconds. */
export function createTaskBoard(now: () => number, ageOf: (processor: string, partition: number) => number): TaskBoard {
  const entries = new Map<string, Entry>()

  function entryOf(processor: string): Entry {
    const entry = entries.get(processor) ?? { recent: createRecentStats(now), lags: new Map(), tasks: new Map() }
    entries.set(processor, entry)
    return entry
  }

  return {
    committed: (processor, events, scored) => entryOf(processor).recent.recordCommit(events, scored),
    latency: (processor, milliseconds) => entryOf(processor).recent.recordLatency(milliseconds),
    lag: (processor, partition, records) => void entryOf(processor).lags.set(partition, records),
    changed(processor, partition, state, reason, thread) {
      const { tasks } = entryOf(processor)
      const key = `${partition}/${thread ?? ''}`
      if (state === 'ended') tasks.delete(key)
      else tasks.set(key, { partition, thread: thread ?? null, state, reason: reason ?? null })
    },
    figuresOf(processor) {
      const entry = entries.get(processor)
      if (entry === undefined || entry.tasks.size === 0) return undefined
      const tasks = [...entry.tasks.values()].map((task) => ({
        ...task,
        lag: entry.lags.get(task.partition) ?? 0,
        oldestAgeSeconds: Math.round(ageOf(processor, task.partition)),
      }))
      return {
        ...entry.recent.snapshot(),
        tasks: tasks.sort((one, other) => one.partition - other.partition),
      }
    },
  }
}
