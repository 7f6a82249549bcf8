import { textReasonsOf } from '../training/text-reasons.ts'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { buildApi } from '../../api/build-api.ts'
import { retireWorseScripts } from '../../api/calls/retire-worse-scripts.ts'
import type { ApiMetrics } from '../../api/operations/metrics.ts'
import type { ApiPorts, OnlineFeatures, TaskModel } from '../../api/ports.ts'
import { readWebhookSecret, telephonySettingsOf } from '../../config.ts'
import { hostsFor } from '../../api/http/security.ts'
import type { KafkaClient } from '../../kafka/client.ts'
import { createPlainProducer, type PlainProducer } from '../../kafka/producer/plain-producer.ts'
import { dictionarySetting } from '../../processors/recommendations/dictionary-setting.ts'
import { featureSets, liveTopics, processors, routes, scoredTasks, settings, topics } from '../../subjects/subjects.ts'
import { featureMismatch } from '../../models/feature-mismatch.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import { scores } from '../../schemas/models/scores.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { checkWritable } from '../../store/sql/check-writable.ts'
import { createHealth, type Health } from '../../streams/health.ts'
import { openGlobals, type GlobalsReader } from '../../streams/settings/globals.ts'
import { accessLine, accessSettingsOf } from './access.ts'
import { turnAnalyser } from './analyse-turn.ts'
import type { CommandContext } from '../context.ts'
import { testChannel } from '../deliveries/test-channel.ts'
import { backboneOf } from '../training/backbone.ts'
import { cardsInThread } from '../models/card-in-thread.ts'
import { startReportMetrics } from '../models/report-metrics.ts'
import { modelLifePort } from '../models/model-life-port.ts'
import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import { modelLoader } from '../engine/engine.ts'
import { createEventIntake, type EventIntake } from './event-intake.ts'
import { hourly } from '../hourly.ts'
import { clientOptions, namingOf, openReader } from '../kafka.ts'
import { listen } from '../listen.ts'
import { createLiveFeed, type LiveFeed } from './live-feed.ts'
import { openOnlineFeatures } from './online-features.ts'
import { mergeCustomers } from '../customers/merge-customers.ts'
import { personalData } from '../personal-data/personal-data.ts'
import { personalDataPort } from '../personal-data/personal-data-port.ts'
import { readinessOf, type Dependency } from './readiness.ts'
import { reviews } from '../visits/reviews.ts'
import { hashedNames } from '../hashed-names.ts'
import { recommenderOf } from './recommender.ts'
import { resendRecord } from '../resend-record.ts'
import { tailTopic } from './topic-tail.ts'
import type { RunningPart } from '../running-part.ts'
import { databaseUrlOf } from '../services.ts'
import { topologyOf } from '../topology.ts'
import { withPartMetrics } from '../waiting-metrics.ts'
import { createTrialQueue } from '../visits/policies/trial-queue.ts'
import { policiesPort } from '../visits/policies/policies-port.ts'

const PAGE_DIRECTORY = join(import.meta.dirname, '../../dashboard/dist')

/** Tasks that are scored, with their feature sets. */
const scorers = scoredTasks

/** Assembles the API and listens. `parts` returns the parts whose readiness it reports. */
export async function startApi(
  context: CommandContext,
  metrics: ApiMetrics,
  parts: () => readonly RunningPart[],
): Promise<RunningPart> {
  const { config, log } = context
  const health = createHealth()
  const closers: Closer[] = []
  const closeAll = async () => {
    for (const close of closers.toReversed())
      await close().catch((error: unknown) => log('warn', 'The API closes', { error }))
  }
  try {
    const sources = await openSources(context, health, closers)
    const intake = createEventIntake(context, sources.registry)
    const ports = portsOf(context, metrics, parts, sources, intake)
    const server = await buildApi(ports, routes)
    closers.push(() => server.close())
    const judging = hourly(log, 'Scripts could not be judged', () => retireWorseScripts(ports))
    closers.push(() => judging.stop())
    const reporting = startReportMetrics(log, sources.database, metrics)
    closers.push(() => reporting.stop())
    // Closed before the server, which waits for requests that wait for the intake.
    closers.push(() => intake.close())
    await listen(server, { host: config.API_HOST, port: config.API_PORT, variable: 'API_PORT' })
    log('info', accessLine(config))
    return { name: 'api', trouble: () => intake.trouble() ?? health.trouble(), stop: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

type Closer = () => Promise<unknown>

/** Data sources of the API. */
interface ApiSources {
  readonly client: KafkaClient
  readonly registry: Registry
  readonly database: Database
  readonly globals: GlobalsReader
  readonly runtimes: ScoringRuntimes
  readonly feed: LiveFeed
  readonly onlineFeatures: OnlineFeatures
  /** Sends the records of dead letters. */
  readonly redriving: PlainProducer
}

async function openSources({ config, log }: CommandContext, health: Health, closers: Closer[]): Promise<ApiSources> {
  const naming = namingOf(config)
  const { client, registry } = await openReader(config, log, 'api')
  closers.push(() => client.close())
  const database = openDatabase({
    url: databaseUrlOf(config),
    poolMax: config.DATABASE_CONNECTIONS_MAX,
    applicationName: 'scoreline-api',
    statementTimeoutMs: 10_000,
    prepared: true,
  })
  closers.push(() => database.destroy())
  const runtimes = openScoringRuntimes({ backbone: backboneOf(config) })
  closers.push(() => runtimes.close())
  const loadModel = modelLoader(runtimes)
  const globals = await openGlobals({ client, naming, registry, processors, loadModel, log, health })
  closers.push(() => globals.close())
  const feed = createLiveFeed({ client, naming, registry, log, topics: liveTopics })
  closers.push(() => feed.close())
  const { view, close } = await openOnlineFeatures({ config, client, naming, registry, log, health })
  closers.push(close)
  const redriving = createPlainProducer(clientOptions(config, 'api-redrives'))
  closers.push(() => redriving.close())
  return { client, registry, database, globals, runtimes, feed, onlineFeatures: view, redriving }
}

function portsOf(
  context: CommandContext,
  metrics: ApiMetrics,
  parts: () => readonly RunningPart[],
  { client, registry, database, globals, runtimes, feed, onlineFeatures, redriving }: ApiSources,
  intake: EventIntake,
): ApiPorts {
  const { config, log } = context
  const dependencies: readonly Dependency[] = [
    { part: 'postgres', probe: () => checkWritable(database) },
    { part: 'kafka', probe: () => client.describeTopics([namingOf(config).topic(scores)]) },
  ]
  return {
    access: accessSettingsOf(config),
    database,
    registry,
    metrics: withPartMetrics(metrics, parts),
    topology: topologyOf(processors),
    processName: `${hostname()}:${process.pid}`,
    featureSets: featureSets.map(({ id, descriptions }) => ({ id, features: descriptions })),
    tasks: scorers.map(({ task, features }) => ({ name: task, featureSet: features.id })),
    topics,
    addressOf: (topic) => namingOf(config).topic(topic),
    tail: (request) => tailTopic(client, request),
    settings,
    liveTopics,
    dictionary: dictionarySetting,
    modelLife: modelLifePort(
      database,
      runtimes,
      cardsInThread({ url: databaseUrlOf(config), backbone: backboneOf(config) }),
    ),
    policies: policiesPort(database, createTrialQueue(databaseUrlOf(config)), () => globals.current()),
    publish: intake.publish,
    redrive: (record) => resendRecord(redriving, record),
    subscribe: feed.subscribe,
    model: (task) => modelOf(globals, task),
    recommender: recommenderOf(() => globals.current()),
    hashedNames,
    testChannel: (name) => testChannel(context, database, name),
    onlineFeatures,
    mergeCustomers: (request) => mergeCustomers(database, request),
    personalData: personalDataPort(database, (id) =>
      personalData({ client, naming: namingOf(config), registry, database }, id),
    ),
    reviews,
    telephony: telephonySettingsOf(config),
    webhookSecret: (name) => readWebhookSecret(config, name),
    analyseTurn: turnAnalyser(() => globals.current()),
    globalsAsOf: () => globals.asOf(),
    readiness: () => readinessOf(dependencies, parts()),
    simulatedClock: () =>
      parts()
        .find(({ simulatedClock }) => simulatedClock !== undefined)
        ?.simulatedClock?.(),
    logError: (message) => log('error', message),
    hosts: hostsFor(config.API_HOST),
    pageDirectory: PAGE_DIRECTORY,
  }
}

/** Returns the released model of a task, or why there is none; like the stream, refuses a model of other features. */
function modelOf(globals: GlobalsReader, task: string): TaskModel | string {
  const scorer = scorers.find((one) => one.task === task)
  const model = globals.current().model(task)
  if (scorer === undefined || model === undefined) return `No model is released for ${task} yet.`
  const refusal = featureMismatch(model, scorer.features)
  if (refusal !== undefined) return refusal
  return {
    id: model.id,
    algorithm: model.algorithm,
    featureSet: model.featureSet,
    outputs: model.outputs,
    ...(model.explainer === undefined ? {} : { explainer: (output) => model.explainer!(output) }),
    ...(model.readsText === true ? { textReasons: textReasonsOf(model) } : {}),
    async score({ values, text, lineTimes = null }) {
      const into = new Float64Array(model.outputs.length)
      await model.score({ count: 1, width: values.length, rows: values, texts: [text], lineTimes: [lineTimes] }, into)
      return into
    },
  }
}
