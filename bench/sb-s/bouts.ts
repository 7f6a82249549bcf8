import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Arena, Input } from './arena.ts'
import { committed, endOf, progressOf, watch } from './backlog.ts'
import type { Workload } from './generate.ts'
import { startJob, type JobSettings } from './job-process.ts'
import type { Job } from './jobs.ts'
import { measureLatency, type Latency } from './latency.ts'
import { throughputOf, type Throughput } from './throughput.ts'
import { readAll } from './read-all.ts'
import { verify } from './verify.ts'

/** Measures how fast a job works off a backlog. Its output is verified, unless it is a mere copy. */
export async function backlogBout(
  arena: Arena,
  job: Job,
  input: Input,
  verified: boolean,
  changes: Partial<JobSettings> = {},
): Promise<Throughput> {
  const bout = await arena.bout(input, changes)
  const { settings, scores, registry } = bout
  const process = startJob(job, settings)
  try {
    const progress = progressOf(arena, settings)
    const samples = await watch(process, progress, await endOf(progress))
    await process.stop()
    const { appendedAt } = verified
      ? await verify({ ...arena, transactions: input.topic, scores, registry })
      : { appendedAt: await appendTimes(arena, scores.name) }
    return throughputOf(appendedAt, samples)
  } finally {
    await process.stop()
    await arena.cleanUp(bout)
  }
}

export async function appendTimes({ client, partitions }: Arena, topic: string): Promise<Float64Array> {
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
export async function restoreBout(arena: Arena, job: Job, workload: Workload, events: number): Promise<number> {
  const input = await arena.input(workload, events)
  const bout = await arena.bout(input)
  const { settings } = bout
  const progress = progressOf(arena, settings)
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
    await arena.cleanUp(bout)
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
export async function latencyBout(arena: Arena, job: Job, { workload, commitMs, ...load }: Paced): Promise<Latency> {
  const input = await arena.input(workload, 0)
  const bout = await arena.bout(input, { commitMs })
  const { settings, scores, registry } = bout
  const process = startJob(job, settings)
  try {
    const measured = measureLatency({ ...arena, transactions: input.topic, scores, registry, ...load }, input.next)
    return await Promise.race([measured, process.failed])
  } finally {
    await process.stop()
    await arena.cleanUp(bout)
  }
}
