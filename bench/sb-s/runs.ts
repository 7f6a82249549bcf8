import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Testbed, Input } from './testbed.ts'
import { committed, endOf, progressOf, watch } from './backlog.ts'
import type { Workload } from './generate.ts'
import { startJob, type JobSettings } from './job-process.ts'
import type { Job } from './jobs.ts'
import { measureLatency, type Latency } from './latency.ts'
import { throughputOf, type Throughput } from './throughput.ts'
import { readAll } from './read-all.ts'
import { verify } from './verify.ts'

/** Measures how fast a job works off a backlog. Its output is verified, unless it is a mere copy. */
export async function backlogRun(
  testbed: Testbed,
  job: Job,
  input: Input,
  verified: boolean,
  changes: Partial<JobSettings> = {},
): Promise<Throughput> {
  const jobRun = await testbed.jobRun(input, changes)
  const { settings, scores, registry } = jobRun
  const process = startJob(job, settings)
  try {
    const progress = progressOf(testbed, settings)
    const samples = await watch(process, progress, await endOf(progress))
    await process.stop()
    const { appendedAt } = verified
      ? await verify({ ...testbed, transactions: input.topic, scores, registry })
      : { appendedAt: await appendTimes(testbed, scores.name) }
    return throughputOf(appendedAt, samples)
  } finally {
    await process.stop()
    await testbed.cleanUp(jobRun)
  }
}

export async function appendTimes({ client, partitions }: Testbed, topic: string): Promise<Float64Array> {
  const times: number[] = []
  for await (const batch of readAll(client, topic, partitions)) times.push(...batch.timestamps.subarray(0, batch.count))
  return Float64Array.from(times).sort()
}

const FEW = 1_000
const POLL_MS = 20

/**
 * Measures the seconds from the start of a process without local state to its first commit, with the backlog's state in
 * the changelog.
 */
export async function restoreRun(testbed: Testbed, job: Job, workload: Workload, events: number): Promise<number> {
  const input = await testbed.input(workload, events)
  const jobRun = await testbed.jobRun(input)
  const { settings } = jobRun
  const progress = progressOf(testbed, settings)
  const first = startJob(job, settings)
  await watch(first, progress, await endOf(progress))
  await first.stop()
  rmSync(join(settings.directory, 'state'), { recursive: true, force: true })
  await input.add(FEW)
  const before = await committed(progress)
  const startedAt = performance.now()
  const second = startJob(job, settings)
  try {
    while ((await Promise.race([committed(progress), second.failed])) <= before) await delay(POLL_MS)
    return (performance.now() - startedAt) / 1_000
  } finally {
    await second.stop()
    await testbed.cleanUp(jobRun)
  }
}

export interface Paced {
  readonly workload: Workload
  readonly eventsPerSecond: number
  readonly warmUpS: number
  readonly seconds: number
  readonly commitMs: number
}

/** Measures latency under a steady load. */
export async function latencyRun(testbed: Testbed, job: Job, { workload, commitMs, ...load }: Paced): Promise<Latency> {
  const input = await testbed.input(workload, 0)
  const jobRun = await testbed.jobRun(input, { commitMs })
  const { settings, scores, registry } = jobRun
  const process = startJob(job, settings)
  try {
    const measured = measureLatency({ ...testbed, transactions: input.topic, scores, registry, ...load }, input.next)
    return await Promise.race([measured, process.failed])
  } finally {
    await process.stop()
    await testbed.cleanUp(jobRun)
  }
}
