import { rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Testbed, Input } from './testbed.ts'
import { committed, endOf, progressOf, watch } from './backlog.ts'
import { appendTimes } from './runs.ts'
import { memberSettings, startJob, together, type JobProcess } from './job-process.ts'
import type { Job } from './jobs.ts'
import { throughputOf } from './throughput.ts'

export interface Growth {
  readonly eventsPerSecond: number
  readonly cpuSecondsPerMillion: number
  /** Memory of all processes. */
  readonly residentMegabytes: number
  readonly anonymousMegabytes: number
  /** Seconds from the start of a killed process to its first commit, with a checkpoint and the changelog after it. */
  readonly restartSeconds: number
  /** Seconds to the first commit from the changelog alone. */
  readonly restoreSeconds: number
}

const FEW = 1_000
const POLL_MS = 20
/** Time after which the group has removed a killed member; its session times out after 10 s. */
const MEMBER_EVICTION_MS = 12_000

/**
 * Measures how fast a number of processes of a job work off a backlog, how much memory they use, and how soon one
 * recovers. Throughput is that of the second half, under steady work.
 */
export async function growthRun(testbed: Testbed, job: Job, input: Input, processes: number): Promise<Growth> {
  const jobRun = await testbed.jobRun(input)
  const { settings, scores } = jobRun
  const progress = progressOf(testbed, settings)
  const running = Array.from({ length: processes }, (_, member) => startJob(job, memberSettings(settings, member)))
  const untilMoreThan = async (count: number, one: JobProcess) => {
    while ((await Promise.race([committed(progress), one.failed])) <= count) await delay(POLL_MS)
  }

  /** Adds a few events and takes the time until a new process has committed some of them. */
  async function measureRecovery(): Promise<number> {
    await input.add(FEW)
    const before = await committed(progress)
    const startedAt = performance.now()
    const again = startJob(job, memberSettings(settings, 0))
    running.push(again)
    await untilMoreThan(before, again)
    const seconds = (performance.now() - startedAt) / 1_000
    while ((await committed(progress)) < (await endOf(progress))) await delay(POLL_MS)
    await again.kill()
    await delay(MEMBER_EVICTION_MS)
    return seconds
  }

  try {
    const all = together(running)
    const samples = await watch(all, progress, await endOf(progress))
    const throughput = throughputOf(await appendTimes(testbed, scores.name), samples)
    await all.kill()
    await delay(MEMBER_EVICTION_MS)
    const restartSeconds = await measureRecovery()
    rmSync(settings.directory, { recursive: true, force: true })
    const restoreSeconds = await measureRecovery()
    return {
      eventsPerSecond: throughput.eventsPerSecondSecondHalf,
      cpuSecondsPerMillion: throughput.cpuSecondsPerMillionSecondHalf,
      residentMegabytes: throughput.rssMb,
      anonymousMegabytes: Math.max(...samples.map(({ anonymousMegabytes }) => anonymousMegabytes)),
      restartSeconds,
      restoreSeconds,
    }
  } finally {
    await together(running).kill()
    await testbed.cleanUp(jobRun)
  }
}
