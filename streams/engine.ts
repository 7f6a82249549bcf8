import { defaultTuning, type EngineOptions } from './engine-options.ts'
import { createHealth } from './health.ts'
import { lagOfAll } from './lag.ts'
import { openGlobals } from './settings/globals.ts'
import type { GlobalsVersion } from './settings/global-tables.ts'
import { noMetrics } from './metrics.ts'
import { createCommitPace } from './task/commit-pace.ts'
import { startProcessor, type RunningProcessor } from './task/running-processor.ts'

/**
 * Running processors: this process owns a share of their partitions, and other members of the same groups own the rest.
 */
export interface Engine {
  /** Partitions of the tasks in this process, by processor. */
  tasks(): ReadonlyMap<string, readonly number[]>
  globals(): GlobalsVersion
  /** Records waiting for the tasks of this process; `undefined` while some tasks are not running. */
  lag(): number | undefined
  /** Describes repeated failures of this process's tasks and of its global tables; `undefined` if there are none. */
  trouble(): string | undefined
  /** Ends open transactions, writes checkpoints and leaves the groups. */
  stop(): Promise<void>
}

export async function startEngine(options: EngineOptions): Promise<Engine> {
  const tuning = { ...defaultTuning, ...options.tuning }
  const metrics = options.metrics ?? noMetrics
  const health = createHealth()
  let failed = false
  const onFatal = (error: Error) => {
    if (failed) return
    failed = true
    options.onFatal(error)
  }
  const running: RunningProcessor[] = []
  const globals = await openGlobals({
    ...options,
    health,
    onChange: () => running.forEach((processor) => processor.wake()),
  })
  const stop = async () => {
    await Promise.all(running.map((processor) => processor.stop()))
    await globals.close()
  }
  try {
    const commitPace = createCommitPace(tuning.commitsPerSecondMax)
    const started = options.processors.map((processor) =>
      startProcessor({ ...options, processor, tuning, metrics, globals, health, commitPace, onFatal }),
    )
    for (const outcome of await Promise.allSettled(started))
      if (outcome.status === 'fulfilled') running.push(outcome.value)
    await Promise.all(started)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    tasks: () => new Map(running.map((processor) => [processor.name, processor.partitions()])),
    globals: () => globals.current(),
    trouble: () => health.trouble(),
    lag: () => lagOfAll(running),
    stop,
  }
}
