import { join } from 'node:path'
import type { ClientOptions } from '../../kafka/client.ts'
import { modelFrom } from '../../models/artefact.ts'
import type { Model } from '../../models/model.ts'
import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import { processors } from '../../subjects/subjects.ts'
import type { Processor } from '../../processors/processor.ts'
import { openScoringRuntimes } from '../../runtimes/scoring-runtimes.ts'
import type { Release } from '../../schemas/models/releases.ts'
import type { EngineOptions } from '../../streams/engine-options.ts'
import { startEngine } from '../../streams/engine.ts'
import type { Config } from '../../config.ts'
import { modelIdOf } from '../../store/models/model-id.ts'
import type { Log } from '../../streams/log.ts'
import type { StreamMetrics } from '../../streams/metrics.ts'
import { backboneOf } from '../training/backbone.ts'
import type { CommandContext } from '../context.ts'
import { acceptedTopicsOf, namingOf, openReader } from '../kafka.ts'
import { NOT_YET_AT_WORK, type RunningPart } from '../running-part.ts'
import { startStreamThreads } from './stream-threads.ts'

/** Returns a function that builds models from releases. Throws if the artefact's hash is not the model id. */
export function modelLoader(runtimes: ScoringRuntimes): (release: Release) => Model {
  return ({ artefact, modelId }) => {
    const hash = modelIdOf(artefact)
    if (hash !== modelId)
      throw new Error(
        `The artefact of model ${modelId} has the hash ${hash}: it was damaged or replaced, and is not loaded.`,
      )
    return modelFrom(artefact, modelId, runtimes)
  }
}

/** Options of a backbone that stores visit vectors on disk, so that a restart need not encode long histories again. */
function keepingBackboneOf(config: Config, log: Log) {
  const directory = join(config.DATA_DIRECTORY, 'vectors')
  const onTrouble = (error: Error) =>
    log('warn', 'Vectors of texts can’t be kept on disk: after a restart they are encoded again', { directory, error })
  return { ...backboneOf(config), diskCache: { directory, onTrouble } }
}

/** Hooks for tests that intercept the broker, or end the processors at a fail point. */
export interface EngineHooks extends Pick<EngineOptions, 'atPoint'> {
  readonly client?: Pick<ClientOptions, 'resolveBroker' | 'requestTimeoutMs'>
}

/**
 * Starts the processors in this process, in as many threads as `STREAM_THREADS` says. Hooks work only in the main
 * thread, so they require a single stream thread.
 */
export function startProcessors(
  context: CommandContext,
  metrics: StreamMetrics,
  chosen: readonly Processor[] = processors,
  hooks: EngineHooks = {},
): Promise<RunningPart> {
  if (context.config.STREAM_THREADS === 1) return startEngineHere(context, metrics, chosen, hooks)
  if (Object.keys(hooks).length > 0) throw new Error('Hooks can’t reach stream threads: set STREAM_THREADS=1.')
  return startStreamThreads(context, metrics, chosen)
}

export interface EnginePart extends RunningPart {
  lag(): number | undefined
  /** Describes repeated failures; `undefined` if there are none. */
  failing(): string | undefined
  /** Number of running tasks of all processors. */
  taskCount(): number
}

/** Starts the processors in this thread. */
export async function startEngineHere(
  context: CommandContext,
  metrics: StreamMetrics,
  chosen: readonly Processor[],
  { client: clientChanges, atPoint, clientId = 'processors' }: EngineHooks & { readonly clientId?: string } = {},
): Promise<EnginePart> {
  const { config, log, fail } = context
  const { client, registry } = await openReader(config, log, clientId, clientChanges)
  const runtimes = openScoringRuntimes({
    backbone: keepingBackboneOf(config, log),
    opensEagerly: true,
    onUnknownScript: metrics.textsUnread,
  })
  try {
    const engine = await startEngine({
      client,
      naming: namingOf(config),
      acceptedTopics: acceptedTopicsOf(config),
      registry,
      processors: chosen,
      loadModel: modelLoader(runtimes),
      stateDirectory: join(config.DATA_DIRECTORY, 'state'),
      log,
      metrics,
      onFatal: fail,
      ...(atPoint === undefined ? {} : { atPoint }),
      tuning: {
        commitIntervalMs: config.COMMIT_INTERVAL_MS,
        commitsPerSecondMax: config.COMMITS_PER_SECOND_MAX,
        checkpointIntervalMs: config.CHECKPOINT_INTERVAL_MS,
        recordsMax: config.TRANSACTION_RECORDS_MAX,
        cachedRecordsMax: config.STATE_CACHE_RECORDS,
        bufferedBytesMax: config.FETCH_BUFFER_BYTES,
        sessionTimeoutMs: config.SESSION_TIMEOUT_MS,
        standbyReplicas: config.STANDBY_REPLICAS,
      },
    })
    const taskCount = () => [...engine.tasks().values()].reduce((sum, tasks) => sum + tasks.length, 0)
    return {
      name: 'processors',
      failing: () => engine.trouble(),
      trouble: () => engine.trouble() ?? (taskCount() > 0 ? undefined : NOT_YET_AT_WORK),
      taskCount,
      lag: () => engine.lag(),
      async stop() {
        await engine.stop()
        await runtimes.close()
        await client.close()
      },
    }
  } catch (error) {
    await runtimes.close()
    await client.close()
    throw error
  }
}
