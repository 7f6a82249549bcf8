import { setTimeout as delay } from 'node:timers/promises'
import { customerFeatures } from '../features/customers/customer.ts'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { random } from '../models/random.ts'
import { labelledRows, type LabelledRow } from '../schemas/models/labelled-rows.ts'
import { releases } from '../schemas/models/releases.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { listTrainings, requestTraining } from '../store/models/trainings.ts'
import type { Benchmark } from './benchmark.ts'
import { compareRounds, type Figures, type Round } from './compare-rounds.ts'
import { openPlatform } from './platform-under-test.ts'
import { publisherFor, type BenchPublisher } from './publisher.ts'
import { smallReleases } from './small-models.ts'
import { openScoreLatency } from './training/score-latency.ts'

const TASK = 'loan-demand'
const EVENTS_PER_SECOND = 50
const ROWS = 50_000
const ROWS_QUICK = 20_000
const SECONDS = 60
const SECONDS_QUICK = 10
/** Load before the measurement, in which the JIT compilers of the broker and the platform do most of their work. */
const SETTLE_SECONDS = 60
const SETTLE_SECONDS_QUICK = 20
/** Load between a training and the next measurement without one. */
const CALM_SECONDS = 5
const POLL_MS = 100
const DAY_MS = 86_400_000

/** Measures the time from an event to its committed score while the retrainer trains, beside the same without. */
export const training: Benchmark = {
  needsBroker: true,
  async run(context) {
    const { brokers, directory, quick, log } = context
    // Nothing is trained but on request.
    const never = { RETRAIN_OUTCOMES_MIN: '1000000', RETRAIN_SCHEDULE_HOURS: '0', RETRAIN_ON_DRIFT: 'false' }
    const platform = await openPlatform(brokers, directory, never)
    const running = await platform.up()
    const database = openDatabase({ url: platform.databaseUrl, poolMax: 3 })
    const client = createKafkaClient({ brokers, clientId: 'bench' })
    const publisher = await publisherFor(client, platform.naming)
    const latency = await openScoreLatency({ client, brokers }, platform.naming)
    const forSeconds = (seconds: number) => {
      const endAt = performance.now() + seconds * 1_000
      return () => performance.now() < endAt
    }
    try {
      await publishRows(publisher, quick ? ROWS_QUICK : ROWS)
      await running.caughtUp()
      log('settling …')
      await latency.measure(EVENTS_PER_SECOND, forSeconds(quick ? SETTLE_SECONDS_QUICK : SETTLE_SECONDS))
      const seconds = quick ? SECONDS_QUICK : SECONDS
      const settle = async () => {
        // A released model scores every customer anew.
        await running.caughtUp()
        await latency.measure(EVENTS_PER_SECOND, forSeconds(CALM_SECONDS))
      }
      const measure = async (): Promise<Round> => ({
        peer: figuresOf(await latency.measure(EVENTS_PER_SECOND, forSeconds(seconds))),
        ours: await whileTraining(database, async () =>
          figuresOf(await latency.measure(EVENTS_PER_SECOND, forSeconds(seconds))),
        ),
      })
      return await compareRounds(context, async () => {
        await settle()
        return measure()
      })
    } finally {
      await latency.close()
      await publisher.close()
      await client.close()
      await database.destroy()
      await running.stop()
      await platform.close()
    }
  },
}

/** Measures while a training runs; adds what part of the time one was running. */
async function whileTraining(database: Database, measure: () => Promise<Figures>): Promise<Figures> {
  const newest = async () => (await listTrainings(database, { task: TASK }, { limit: 1 }))[0]
  const request = () => requestTraining(database, { task: TASK, by: 'bench', reason: 'to be measured' })
  await request()
  while ((await newest())!.state === 'requested') await delay(POLL_MS)
  let measuring = true
  const [running, polls] = [{ count: 0 }, { count: 0 }]
  const watching = (async () => {
    for (; measuring; await delay(POLL_MS)) {
      const { state, result } = (await newest())!
      if (state === 'failed') throw new Error(`The training failed: ${result}`)
      if (state === 'running') running.count++
      if (state === 'ended') await request()
      polls.count++
    }
  })()
  const figures = await measure()
  measuring = false
  await watching
  // The next phase begins without a training.
  while (['requested', 'running'].includes((await newest())!.state)) await delay(POLL_MS)
  return { ...figures, trainingShare: running.count / polls.count }
}

function figuresOf(took: readonly number[]): Figures {
  const sorted = Float64Array.from(took).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  return { scoreMs: { p50: at(0.5), p99: at(0.99) }, scores: sorted.length }
}

/** Publishes labelled rows as wide as served ones; their label depends on three of the numbers. */
async function publishRows(publisher: BenchPublisher, count: number): Promise<void> {
  await publisher.publish(releases, smallReleases(Date.now()))
  const next = random(1)
  const startAt = Date.now() - count * 60_000 - 200 * DAY_MS
  const rows = Array.from({ length: count }, (_, index): LabelledRow => {
    const row = Array.from(customerFeatures.names, () => next() * 100)
    const servedAt = startAt + index * 60_000
    const label = row[0]! + row[1]! * 0.5 - row[2]! + next() * 60 > 80 ? 1 : 0
    return {
      ...{ id: `row-${index}`, occurredAt: servedAt, source: 'bench', labelId: `label-${index}`, task: TASK },
      ...{ customerId: `labelled-${index % 10_000}`, subjectId: `labelled-${index % 10_000}`, status: 'labelled' },
      ...{ cause: 'outcome', label, training: true, joined: 1, asOf: servedAt, knownAt: servedAt + 120 * DAY_MS },
      ...{
        outcomeId: `o${index}`,
        outcomeSource: 'bench',
        reviewer: null,
        revision: 0,
        scoreId: `s${index}`,
        servedAt,
      },
      ...{ featureSet: customerFeatures.id, row, text: null, lineTimes: null, probability: 0.5, modelId: 'bench' },
      ...{ propensity: null, acted: null },
    }
  })
  await publisher.publish(labelledRows, rows)
}
