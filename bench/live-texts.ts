import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createAdmin } from '../kafka/admin/admin.ts'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { createPlainProducer } from '../kafka/producer/plain-producer.ts'
import { encodeArtefact, modelFrom } from '../models/artefact.ts'
import { intentOutputs } from '../models/intent/intent.ts'
import { casesOfLines } from '../models/text/text-case.ts'
import { conversion } from '../processors/visits/conversion.ts'
import { turnAnalysis } from '../processors/calls/turn-analysis.ts'
import { turnFeatures } from '../features/calls/turns.ts'
import { visitFeatures } from '../features/visits/visits.ts'
import { textsOfTurns } from '../retrainer/training/intents/intent-turns.ts'
import { defaultIntentSettings, learnIntents } from '../retrainer/training/intents/learn-intents.ts'
import { trainOnText } from '../retrainer/training/texts/train-on-text.ts'
import { openScoringRuntimes } from '../runtimes/scoring-runtimes.ts'
import { openSentenceEncoder, type SentenceEncoderOptions } from '../runtimes/text/open-sentence-encoder.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import { releases, type Release } from '../schemas/models/releases.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import { scores, type Score } from '../schemas/models/scores.ts'
import type { Topic } from '../schemas/topic.ts'
import { turnAnalyses, turns, type CallTurn, type TurnAnalysis } from '../schemas/calls/turns.ts'
import { reportOnly, visits, type Visit } from '../schemas/visits/visits.ts'
import { run } from '../simulator/run.ts'
import { modelIdOf } from '../store/models/model-id.ts'
import type { EngineOptions } from '../streams/engine-options.ts'
import { startEngine } from '../streams/engine.ts'
import { silentLog } from '../streams/log.ts'
import { noMetrics } from '../streams/metrics.ts'
import { createNaming } from '../streams/naming.ts'
import { platformTopics } from '../streams/platform-topics.ts'
import type { Benchmark, BenchmarkContext } from './benchmark.ts'
import { simulated } from './text/intent.ts'
import { backboneFolder } from './text/text-sets.ts'
import { topics } from '../subjects/subjects.ts'

const PARTITIONS = 4
const PROCESSORS = [conversion, turnAnalysis]
const PRECISION = 'int8'
/** Number of opportunities: few, so that their histories become long. */
const OPPORTUNITIES = 12
const VISITS_PER_SECOND = 8
const TURNS_PER_SECOND = 20
const TICK_MS = 2
const WARM_UP_SECONDS = 20
const PATIENCE_MS = 60_000
const RELEASED_WITHIN_MS = 30_000
/** Pause between the restart and the first visit after it. */
const AFTER_START_MS = 1_000

interface Quantiles {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/**
 * Measures the time from the call of send to the receipt of the committed answer, for visits read by a backbone and for
 * turns read by the intent model, both at once.
 */
export const liveTexts: Benchmark = {
  needsBroker: true,
  async run(context) {
    if (!existsSync(backboneFolder('bge-small-zh'))) return 'skipped: there is no backbone'
    return { liveTexts: await measure(context) }
  },
}

async function measure({ brokers, directory, quick, log }: BenchmarkContext): Promise<unknown> {
  const naming = createNaming(`bench-${process.pid}-${Date.now()}.`)
  const admin = createAdmin({ brokers, clientId: 'bench' })
  const wanted = platformTopics(naming, { topics, processors: PROCESSORS, partitions: PARTITIONS })
  await admin.ensureTopics(wanted.map((topic) => ({ ...topic, replicationFactor: 1 })))
  const client = createKafkaClient({ brokers, clientId: 'bench' })
  const producer = createPlainProducer({ brokers, clientId: 'bench-load' })
  const backbone = { folder: backboneFolder('bge-small-zh'), precision: PRECISION, threads: 1 } as const
  const startRun = () => startProcess({ client, naming, directory, backbone })
  let running: Awaited<ReturnType<typeof startRun>> | undefined
  try {
    await producer.connect()
    const texts = visitTexts()
    log('Training the models …')
    const released = [await conversionRelease(backbone, texts), await intentRelease()]
    await send(releases, released)
    running = await startRun()
    return await drive(texts, quick ? 10 : 60)
  } finally {
    await running?.stop()
    await producer.close()
    await client.close()
    await admin.deleteTopics(wanted.map(({ name }) => name))
    await admin.close()
  }

  async function send<Event>(topic: Topic<Event>, events: readonly Event[]): Promise<void> {
    const { encode } = codecOf(topic as Topic, releasedRegistry)
    const records = events.map((event) => ({ key: Buffer.from(topic.keyOf(event)), value: encode(event) }))
    await producer.send(naming.topic(topic as Topic), records)
  }

  async function drive(texts: readonly string[], seconds: number): Promise<unknown> {
    const sentAt = new Map<string, number>()
    const latency = new Map<string, number>()
    const fetcher = client.fetcher({ onArrival: () => take() })
    const codecs = new Map<string, (bytes: Buffer, from: number, to: number) => string | undefined>([
      [
        naming.topic(scores as Topic),
        (bytes, from, to) => {
          const score = codecOf(scores as Topic, releasedRegistry).decode(bytes, from, to) as Score
          return score.probability === null ? undefined : `${score.subjectId}/${score.visitCount}`
        },
      ],
      [
        naming.topic(turnAnalyses as Topic),
        (bytes, from, to) => {
          const analysis = codecOf(turnAnalyses as Topic, releasedRegistry).decode(bytes, from, to) as TurnAnalysis
          return analysis.modelId === null ? undefined : `${analysis.callId}#${analysis.turn}`
        },
      ],
    ])
    const take = () => {
      const now = performance.now()
      for (const [name, keyOf] of codecs)
        for (let partition = 0; partition < PARTITIONS; partition++)
          for (let batch = fetcher.take(name, partition); batch !== undefined; batch = fetcher.take(name, partition))
            for (let index = 0; index < batch.count; index++) {
              const start = batch.valueStarts[index]!
              const key = keyOf(batch.bytes as Buffer, start, start + batch.valueLengths[index]!)
              const at = key === undefined ? undefined : sentAt.get(key)
              if (key !== undefined && at !== undefined && !latency.has(key)) latency.set(key, now - at)
            }
    }
    for (const name of codecs.keys())
      for (let partition = 0; partition < PARTITIONS; partition++)
        await fetcher.assign({ topic: name, partition }, 'earliest')

    let visit = 0
    let turn = 0
    const simulatedTurns = simulated(2_000)
    const sendVisit = () => {
      const opportunity = `o${visit % OPPORTUNITIES}`
      const count = 1 + Math.floor(visit / OPPORTUNITIES)
      sentAt.set(`${opportunity}/${count}`, performance.now())
      return send(visits, [visitOf(visit, opportunity, texts[visit++ % texts.length]!)])
    }
    const sendTurn = () => {
      const call = `call-${turn % 50}`
      const number = Math.floor(turn / 50)
      sentAt.set(`${call}#${number}`, performance.now())
      return send(turns, [turnOf(turn, call, number, String(simulatedTurns[turn++ % simulatedTurns.length]!['text']))])
    }
    const answered = async (keys: readonly string[]) => {
      const giveUpAt = performance.now() + PATIENCE_MS
      while (keys.some((key) => !latency.has(key)) && performance.now() < giveUpAt) await delay(5)
      const missing = keys.filter((key) => !latency.has(key)).length
      if (missing > 0)
        throw new Error(`Of ${keys.length} events ${missing} were not answered within ${PATIENCE_MS / 1_000} s.`)
    }
    // The first events wait for the models to be loaded and the backbone to be opened.
    const upBy = performance.now() + RELEASED_WITHIN_MS
    while (
      (![...latency.keys()].some((key) => key.includes('/')) ||
        ![...latency.keys()].some((key) => key.includes('#'))) &&
      performance.now() < upBy
    ) {
      await Promise.all([sendVisit(), sendTurn()])
      await delay(200)
    }
    const load = async (lasting: number) => {
      const startedAt = performance.now()
      const due = (perSecond: number) => Math.floor(((performance.now() - startedAt) / 1_000) * perSecond)
      const [visitsBefore, turnsBefore] = [visit, turn]
      let sending: Promise<unknown> = Promise.resolve()
      while (performance.now() - startedAt < lasting * 1_000) {
        while (visit - visitsBefore < due(VISITS_PER_SECOND)) sending = Promise.all([sending, sendVisit()])
        while (turn - turnsBefore < due(TURNS_PER_SECOND)) sending = Promise.all([sending, sendTurn()])
        await delay(TICK_MS)
      }
      await sending
    }
    // Broker and processes have just started: compilation during the warm-up is not part of the usual latency.
    await load(WARM_UP_SECONDS)
    const warmUp = new Set([...sentAt.keys()])
    await load(seconds)
    const counted = [...sentAt.keys()].filter((key) => !warmUp.has(key))
    await answered(counted)
    // Restarts with nothing in memory: each history is read again with its next visit.
    await running!.stop()
    running = await startRun()
    await running.caughtUp()
    await delay(AFTER_START_MS)
    const known = sentAt.size
    const afresh = () => [...sentAt.keys()].slice(known)
    for (let one = 0; one < OPPORTUNITIES; one++) {
      await sendVisit()
      await answered(afresh())
    }
    await fetcher.close()
    const of = (chosen: readonly string[]) => quantiles(chosen.map((key) => latency.get(key)!))
    const ofVisits = counted.filter((key) => key.includes('/'))
    const byHistory = (from: number, to: number) =>
      of(ofVisits.filter((key) => Number(key.split('/')[1]) >= from && Number(key.split('/')[1]) <= to))
    const most = Math.max(...ofVisits.map((key) => Number(key.split('/')[1])))
    return {
      visitsPerSecond: VISITS_PER_SECOND,
      turnsPerSecond: TURNS_PER_SECOND,
      visitsMs: of(ofVisits),
      firstVisitsAfterRestartMs: of(afresh()),
      visitsMsByHistory: {
        [`up to ${Math.ceil(most / 2)} visits`]: byHistory(0, Math.ceil(most / 2)),
        [`up to ${most}`]: byHistory(Math.ceil(most / 2) + 1, most),
      },
      turnsMs: of(counted.filter((key) => key.includes('#'))),
    }
  }
}

interface ProcessOptions extends Pick<EngineOptions, 'client' | 'naming'> {
  readonly directory: string
  readonly backbone: Pick<SentenceEncoderOptions, 'folder' | 'precision' | 'threads'>
}

/** Starts the parts of a process that texts need, an engine and runtimes, with nothing in memory. */
async function startProcess({ client, naming, directory, backbone }: ProcessOptions) {
  const fail = (error: Error) => {
    throw error
  }
  const diskCache = { directory: join(directory, 'vectors'), onTrouble: fail }
  const runtimes = openScoringRuntimes({ backbone: { ...backbone, diskCache }, opensEagerly: true })
  const engine = await startEngine({
    client,
    naming,
    registry: releasedRegistry,
    processors: PROCESSORS,
    loadModel: ({ artefact, modelId }) => modelFrom(artefact, modelId, runtimes),
    stateDirectory: join(directory, 'live-texts'),
    log: silentLog,
    onFatal: fail,
    metrics: noMetrics,
  })
  return {
    async caughtUp() {
      while (engine.lag() !== 0) await delay(TICK_MS)
    },
    async stop() {
      await engine.stop()
      await runtimes.close()
    },
  }
}

function quantiles(values: readonly number[]): Quantiles {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN }
}

/** Returns visit texts as salespeople of the simulated world write them. */
function visitTexts(): string[] {
  const days = run({ seed: 'texts', customers: 120, salespeople: 6, teams: 2, startAt: Date.UTC(2026, 0, 4, 16) })
  const texts: string[] = []
  while (texts.length < 400)
    for (const { topic, event } of days.next().value.arrivals)
      if (topic === visits.name) texts.push((event as Visit).text)
  return texts
}

async function conversionRelease(
  backbone: { readonly folder: string; readonly precision: 'int8'; readonly threads: number },
  texts: readonly string[],
): Promise<Release> {
  const encoder = await openSentenceEncoder({ ...backbone, pooling: 'first-and-mean' })
  try {
    const cases = casesOfLines(
      Array.from({ length: 120 }, (_, i) => texts.slice(i, i + 3).join('\n')),
      undefined,
    )
    const places = Int32Array.from(cases.keys())
    const { parameters } = await trainOnText(
      { cases, caseOf: places, newest: places, times: Float64Array.from(places) },
      places.map((place) => place % 2),
      ['0', '1'],
      { encoder, strategies: ['visit-wise'], withTerms: false, classWeights: 'none', seed: 1 },
    )
    return releaseOf('conversion', 'text', visitFeatures, undefined, parameters)
  } finally {
    await encoder.close()
  }
}

async function intentRelease(): Promise<Release> {
  const simulatedTurns = simulated(300).map(({ text, intent }, i) => ({
    id: String(i),
    text: String(text),
    intent: String(intent),
    context: { 'turn.hour': i % 24 },
    saidAt: new Date(i),
    knownAt: new Date(i),
  }))
  const data = textsOfTurns(simulatedTurns)
  const all = Int32Array.from(data.labels.keys())
  const { parameters } = await learnIntents(data, {
    rows: all.subarray(60),
    validation: all.subarray(0, 60),
    settings: { ...defaultIntentSettings, epochs: 3 },
    seed: 1,
  })
  return releaseOf('intent', 'intent', turnFeatures, intentOutputs(parameters), parameters)
}

function releaseOf(
  task: string,
  algorithm: string,
  features: { readonly id: string; readonly names: readonly string[] },
  outputs: readonly string[] | undefined,
  parameters: unknown,
): Release {
  const artefact = encodeArtefact({
    task,
    algorithm,
    featureSet: features.id,
    featureNames: features.names,
    outputs,
    parameters,
  })
  const modelId = modelIdOf(artefact)
  return {
    id: modelId,
    occurredAt: Date.now(),
    source: 'bench',
    task,
    modelId,
    algorithm,
    featureSet: features.id,
    artefact: Buffer.from(artefact),
    metrics: {},
    reason: 'To be measured.',
    replaces: null,
    trials: [],
  }
}

function visitOf(index: number, opportunityId: string, text: string): Visit {
  return {
    id: `v${index}`,
    occurredAt: Date.now(),
    source: 'bench',
    visitId: `v${index}`,
    revision: 0,
    withdrawn: false,
    opportunityId,
    customerId: `c-${opportunityId}`,
    salespersonId: 's1',
    text: `${text} ${index}`,
    ...reportOnly,
  }
}

function turnOf(index: number, callId: string, turn: number, text: string): CallTurn {
  return {
    id: `t${index}`,
    occurredAt: Date.now(),
    source: 'bench',
    customerId: `c-${callId}`,
    callId,
    turn,
    speaker: 'customer',
    channel: 'phone',
    text,
    words: [],
    solved: null,
    holiday: null,
  }
}
