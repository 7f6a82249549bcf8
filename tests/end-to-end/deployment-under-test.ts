import { lineOf } from '../../composition/log-line.ts'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { untilCaughtUp } from '../../composition/caught-up.ts'
import type { CommandContext } from '../../composition/context.ts'
import { startProcessors } from '../../composition/engine/engine.ts'
import { ensureTopics, namingOf, openProducer } from '../../composition/kafka.ts'
import { createPublisher, type Publisher } from '../../composition/publisher.ts'
import type { RunningPart } from '../../composition/running-part.ts'
import { startSink } from '../../composition/sink/sink.ts'
import { readConfig, type Config } from '../../config.ts'
import { releasedRegistry } from '../../schemas/release/registry.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { noMetrics } from '../../streams/metrics.ts'
import { brokers, migratedDatabase, uniqueName } from '../support/services.ts'

/** The whole platform, as the commands compose it, with its own topic prefix and its own database. */
export interface Deployment {
  readonly context: CommandContext
  /** Environment for processes of the deployment. */
  readonly environment: Readonly<Record<string, string>>
  readonly publisher: Publisher
  readonly database: Database
  start(): Promise<void>
  /** Stops what `start` has started; `start` may be called again. */
  stop(): Promise<void>
  /** Returns the parts that `start` has started. */
  parts(): readonly RunningPart[]
  untilCaughtUp(): Promise<void>
  close(): Promise<void>
}

/** Deploys the platform. `quiet`: for tests that cause errors of the platform. `log`: gets every line of its log. */
export async function deploy(
  changes: Readonly<Record<string, string>> = {},
  { quiet = false, log }: { readonly quiet?: boolean; readonly log?: CommandContext['log'] } = {},
): Promise<Deployment> {
  const fresh = await migratedDatabase()
  const environment = {
    KAFKA_BROKERS: brokers().join(','),
    DATABASE_URL: fresh.url,
    TOPIC_PREFIX: `${uniqueName('deployment')}.`,
    TOPIC_PARTITIONS: '2',
    DATA_DIRECTORY: mkdtempSync(join(tmpdir(), 'deployment-')),
    SESSION_TIMEOUT_MS: '6000',
    ...changes,
  }
  const config: Config = readConfig(environment)
  const stopping = new AbortController()
  const context: CommandContext = {
    config,
    log: (level, message, fields) =>
      log?.(level, message, fields) ??
      void (
        ((level === 'error' && !quiet) || process.env['SCORELINE_TEST_LOG'] !== undefined) &&
        console.error(lineOf(message, fields))
      ),
    print: () => {},
    stopped: stopping.signal,
    fail: (error) => console.error(error),
  }
  await ensureTopics(context)
  const producer = await openProducer(context, 'test')
  const database = openDatabase({ url: fresh.url, poolMax: 2 })
  const parts: RunningPart[] = []
  const stop = async () => {
    for (const part of parts.splice(0).reverse()) await part.stop()
  }
  return {
    context,
    environment,
    publisher: createPublisher(producer, namingOf(config), releasedRegistry),
    database,
    async start() {
      parts.push(await startSink(context), await startProcessors(context, noMetrics))
    },
    stop,
    parts: () => parts,
    untilCaughtUp: () => untilCaughtUp(context, parts, 'Catching up'),
    async close() {
      await stop()
      await producer.close()
      await database.destroy()
      await fresh.drop()
    },
  }
}
