import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { compareRounds, type Round } from './compare-rounds.ts'
import { openTestbed, type Testbed, type Input } from './sb-s/testbed.ts'
import { committed, committedByPartition, endOf, progressOf, watch } from './sb-s/backlog.ts'
import { memberSettings, startJob, together, type JobProcess } from './sb-s/job-process.ts'
import { kafkaStreams, ours, type Job } from './sb-s/jobs.ts'

const PARTITIONS = 4
const KEYS = 1_000_000
const KEYS_QUICK = 100_000
/** Events per key, so that the changelog has several records of many keys, as before compaction. */
const EVENTS_PER_KEY = 2
/** Events that are enough to reach each partition. */
const FEW = 1_000
const POLL_MS = 20
/** Session timeout: the shortest that brokers allow. */
const SESSION_MS = 6_000
/** Time after which the group has removed a killed member. */
const MEMBER_EVICTION_MS = SESSION_MS + 1_500
/** Time for standby replicas to catch up and for background writes to finish. */
const SETTLE_MS = 5_000

/**
 * Measures the seconds until every task of a killed process commits again, for SB-S on the engine and on Kafka Streams.
 */
export const restore: Benchmark = {
  needsBroker: true,
  async run(context) {
    await kafkaStreams.prepare()
    return compareRounds(context, () => measure(context))
  },
}

async function measure({ brokers, directory, events, quick, log }: BenchmarkContext): Promise<Round> {
  const keys = quick ? KEYS_QUICK : Math.min(events, KEYS)
  const testbed = await openTestbed(brokers, join(directory, 'arena'), PARTITIONS)
  try {
    const input = await testbed.input({ seed: 1, distribution: 'uniform', customers: keys }, EVENTS_PER_KEY * keys)
    log(`${keys} keys, ${EVENTS_PER_KEY * keys} changelog records`)
    return {
      ours: await measureRecovery(testbed, ours, input, log),
      peer: await measureRecovery(testbed, kafkaStreams, input, log),
    }
  } finally {
    await testbed.close()
  }
}

/**
 * Two processes with one standby replica each work off the backlog. One is killed, and the other takes over with its
 * standby. Then the other is killed and restarted: first with its local state, then without. Each time is from the kill
 * (with standby, thus including the session timeout) or from the start until every partition has committed something
 * new.
 */
async function measureRecovery(testbed: Testbed, job: Job, input: Input, log: (line: string) => void) {
  const jobRun = await testbed.jobRun(input, { standbys: 1, sessionMs: SESSION_MS })
  const { settings } = jobRun
  const progress = progressOf(testbed, settings)
  const running: JobProcess[] = []
  const start = (member: number) => {
    const process = startJob(job, memberSettings(settings, member))
    running.push(process)
    return process
  }
  const caughtUp = async () => {
    while ((await committed(progress)) < (await endOf(progress))) await delay(POLL_MS)
  }
  /** Adds events for every partition and returns the seconds until each has committed some of them. */
  const secondsOf = async (act: () => Promise<JobProcess> | JobProcess): Promise<number> => {
    const before = await committedByPartition(progress)
    const startedAt = performance.now()
    const process = await act()
    await input.add(FEW)
    const isBack = async () => (await committedByPartition(progress)).every((offset, at) => offset > before[at]!)
    while (!(await Promise.race([isBack(), process.failed]))) await delay(POLL_MS)
    const seconds = (performance.now() - startedAt) / 1_000
    await caughtUp()
    return seconds
  }

  try {
    const [one, other] = [start(0), start(1)]
    await watch(together([one, other]), progress, await endOf(progress))
    await delay(SETTLE_MS)
    const withStandby = await secondsOf(async () => {
      await one.kill()
      return other
    })
    await delay(SETTLE_MS)
    await other.kill()
    await delay(MEMBER_EVICTION_MS)
    const fromCheckpoint = await secondsOf(() => start(1))
    await together(running).kill()
    await delay(MEMBER_EVICTION_MS)
    rmSync(memberSettings(settings, 1).directory, { recursive: true, force: true })
    const fromChangelog = await secondsOf(() => start(1))
    const seconds = { fromChangelog, fromCheckpoint, withStandby }
    log(`${job.name}: ${JSON.stringify(seconds)}`)
    return { seconds }
  } finally {
    await together(running).kill()
    await testbed.cleanUp(jobRun)
  }
}
