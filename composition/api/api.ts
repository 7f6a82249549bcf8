import { textReasonsOf } from '../training/text-reasons.ts'
import { join } from 'node:path'
import { buildApi } from '../../api/build-api.ts'
import type { ApiMetrics } from '../../api/operations/metrics.ts'
import type { ApiPorts, TaskModel } from '../../api/ports.ts'
import { hostsFor } from '../../api/http/security.ts'
import { dictionarySetting } from '../../processors/recommendations/dictionary-setting.ts'
import { featureSets, liveTopics, processors, routes, settings, topics } from '../../subjects/subjects.ts'
import { misfit } from '../../models/misfit.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import { scores } from '../../schemas/models/scores.ts'
import { openDatabase } from '../../store/database.ts'
import { answers } from '../../store/sql/answers.ts'
import { createHealth } from '../../streams/health.ts'
import { openGlobals, type GlobalsReader } from '../../streams/settings/globals.ts'
import { turnAnalyser } from './analyse-turn.ts'
import type { CommandContext } from '../context.ts'
import { backboneOf } from '../training/backbone.ts'
import { modelLoader } from '../engine/engine.ts'
import { createEventIntake } from './event-intake.ts'
import { namingOf, openReader } from '../kafka.ts'
import { listen } from '../listen.ts'
import { createLiveFeed } from './live-feed.ts'
import { readinessOf, type Dependency } from './readiness.ts'
import { hashedNames } from '../hashed-names.ts'
import { recommenderOf } from './recommender.ts'
import type { RunningPart } from '../running-part.ts'
import { databaseUrlOf } from '../services.ts'
import { withWaiting } from '../waiting-metrics.ts'

const PAGE_DIRECTORY = join(import.meta.dirname, '../../dashboard/dist')

/** The scoring processors with their feature sets. */
const scorers = processors.flatMap(({ task, features }) => (task === undefined ? [] : [{ task, features }]))

/** Puts the API together and listens. `parts` are asked for their readiness. */
export async function startApi(
  context: CommandContext,
  metrics: ApiMetrics,
  parts: () => readonly RunningPart[],
): Promise<RunningPart> {
  const { config, log } = context
  const naming = namingOf(config)
  const health = createHealth()
  const closers: (() => Promise<unknown>)[] = []
  const closeAll = async () => {
    for (const close of closers.reverse())
      await close().catch((error: unknown) => log('warn', `The API closes: ${String(error)}`))
  }
  try {
    const { client, registry } = await openReader(config, log, 'api')
    closers.push(() => client.close())
    const database = openDatabase({
      url: databaseUrlOf(config),
      poolMax: config.DATABASE_CONNECTIONS_MAX,
      applicationName: 'scoreline-api',
      statementTimeoutMs: 10_000,
    })
    closers.push(() => database.destroy())
    const runtimes = openScoringRuntimes({ backbone: backboneOf(config) })
    closers.push(() => runtimes.close())
    const globals = await openGlobals({
      client,
      naming,
      registry,
      processors,
      loadModel: modelLoader(runtimes),
      log,
      health,
    })
    closers.push(() => globals.close())
    const feed = createLiveFeed({ client, naming, registry, log, topics: liveTopics })
    closers.push(() => feed.close())

    const dependencies: readonly Dependency[] = [
      { part: 'postgres', ask: () => answers(database) },
      { part: 'kafka', ask: () => client.describeTopics([naming.topic(scores)]) },
    ]

    const intake = createEventIntake(context, registry)
    const ports: ApiPorts = {
      database,
      registry,
      metrics: withWaiting(metrics, parts),
      featureSets: featureSets.map(({ id, descriptions }) => ({ id, features: descriptions })),
      tasks: scorers.map(({ task, features }) => ({ name: task, featureSet: features.id })),
      topics,
      settings,
      liveTopics,
      dictionary: dictionarySetting,
      publish: intake.publish,
      subscribe: feed.subscribe,
      model: (task) => modelOf(globals, task),
      recommender: recommenderOf(() => globals.current()),
      hashedNames,
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
    const server = await buildApi(ports, routes)
    closers.push(() => server.close())
    // Before the server, which waits for the requests that wait for this.
    closers.push(() => intake.close())
    await listen(server, { host: config.API_HOST, port: config.API_PORT, variable: 'API_PORT' })
    return { name: 'api', trouble: () => intake.trouble() ?? health.trouble(), stop: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** As the processors choose: a model of other features than the task's rows is refused. */
function modelOf(globals: GlobalsReader, task: string): TaskModel | string {
  const scorer = scorers.find((one) => one.task === task)
  const model = globals.current().model(task)
  if (scorer === undefined || model === undefined) return `No model is released for ${task} yet.`
  const refusal = misfit(model, scorer.features)
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
