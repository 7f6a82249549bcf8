import type { Health } from '../health.ts'
import { lagOfAll } from '../lag.ts'
import type { StreamMetrics } from '../metrics.ts'
import { startTask, type Task } from './task.ts'
import type { TaskContext } from './task-context.ts'

/** The tasks of one processor in this process, by partition. */
export interface TaskSet {
  start(context: TaskContext, partitions: readonly number[]): void
  /** Ends tasks concurrently, each with `how`. */
  remove(partitions: readonly number[], how: (task: Task) => Promise<void>): Promise<void>
  partitions(): readonly number[]
  /** Records waiting; `undefined` while some tasks are not running. */
  lag(): number | undefined
  wake(partition: number): void
  wakeAll(): void
}

export function createTaskSet(
  processor: string,
  metrics: Pick<StreamMetrics, 'running'>,
  health: Pick<Health, 'worked'>,
): TaskSet {
  const tasks = new Map<number, Task>()
  return {
    start(context, partitions) {
      for (const partition of partitions) tasks.set(partition, startTask(context, partition))
      metrics.running(processor, tasks.size)
    },
    async remove(partitions, how) {
      await Promise.all(
        partitions.map(async (partition) => {
          const task = tasks.get(partition)
          if (task !== undefined) await how(task)
          tasks.delete(partition)
          health.worked(`${processor}/${partition}`)
        }),
      )
      metrics.running(processor, tasks.size)
    },
    partitions: () => [...tasks.keys()].sort((a, b) => a - b),
    lag: () => lagOfAll(tasks.values()),
    wake: (partition) => tasks.get(partition)?.wake(),
    wakeAll: () => tasks.forEach((task) => task.wake()),
  }
}
