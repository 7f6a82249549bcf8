import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { compareRounds, type Figures, type Round } from './compare-rounds.ts'
import { openPlatform } from './platform-under-test.ts'
import type { Usage } from './process-usage.ts'
import { openTestbed } from './sb-s/testbed.ts'
import { startJob } from './sb-s/job-process.ts'
import { kafkaStreams } from './sb-s/jobs.ts'

/** About as many tasks as the platform has: processors × partitions. */
const PEER_PARTITIONS = 52
const SECONDS = 60
const SECONDS_QUICK = 15
/** Time for compilers, caches and the first checkpoints to settle. */
const SETTLE_MS = 20_000
const NOTHING_WRITTEN = 0
const COUNTER = new URL('./count-requests.ts', import.meta.url).href

/** Measures the cost of idling, beside a Kafka Streams job with as many tasks and no events. */
export const idle: Benchmark = {
  needsBroker: true,
  async run(context) {
    await kafkaStreams.prepare()
    return compareRounds(context, () => measure(context))
  },
}

async function measure(context: BenchmarkContext): Promise<Round> {
  const seconds = context.quick ? SECONDS_QUICK : SECONDS
  return { ours: await platformIdle(context, seconds), peer: { cpuShare: await peerShare(context, seconds) } }
}

/** Measures the CPU share and the requests: the fewer requests, the cheaper an idle platform. */
async function platformIdle({ brokers, directory }: BenchmarkContext, seconds: number): Promise<Figures> {
  const counts = join(directory, 'requests')
  mkdirSync(counts, { recursive: true })
  const platform = await openPlatform(brokers, directory, {
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import ${COUNTER}`,
    COUNT_REQUESTS_IN: counts,
  })
  try {
    const running = await platform.up()
    try {
      await running.caughtUp()
      await delay(SETTLE_MS)
      const before = requestsIn(counts)
      const cpuShare = await shareOf(running, seconds)
      const after = requestsIn(counts)
      const perSecond = Object.entries(after).map(([name, count]) => [name, (count - (before[name] ?? 0)) / seconds])
      return { cpuShare, requestsPerSecond: Object.fromEntries(perSecond) as Figures }
    } finally {
      await running.stop()
    }
  } finally {
    await platform.close()
  }
}

/** Returns the counts summed over all threads. */
function requestsIn(directory: string): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const name of readdirSync(directory)) {
    const counts = JSON.parse(readFileSync(join(directory, name), 'utf8')) as Record<string, number>
    for (const [request, count] of Object.entries(counts)) sums[request] = (sums[request] ?? 0) + count
  }
  return sums
}

async function peerShare({ brokers, directory }: BenchmarkContext, seconds: number): Promise<number> {
  const testbed = await openTestbed(brokers, join(directory, 'arena'), PEER_PARTITIONS)
  try {
    const input = await testbed.input({ seed: 1, distribution: 'uniform', customers: 1 }, NOTHING_WRITTEN)
    const jobRun = await testbed.jobRun(input)
    const job = startJob(kafkaStreams, jobRun.settings)
    try {
      await delay(SETTLE_MS)
      return await Promise.race([shareOf(job, seconds), job.failed])
    } finally {
      await job.stop()
      await testbed.cleanUp(jobRun)
    }
  } finally {
    await testbed.close()
  }
}

async function shareOf(process: { usage(): Usage }, seconds: number): Promise<number> {
  const before = process.usage()
  await delay(seconds * 1_000)
  const after = process.usage()
  return ((after.cpuSeconds - before.cpuSeconds) * 1_000) / (after.at - before.at)
}
