import type { Config } from '../config.ts'
import type { ClientOptions, KafkaClient } from '../kafka/client.ts'
import { createAdmin, type Admin } from '../kafka/admin/admin.ts'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { createPlainProducer, type PlainProducer } from '../kafka/producer/plain-producer.ts'
import { loadedExtensions } from '../subjects/loaded-extensions.ts'
import { processors, topicNamed, topics } from '../subjects/subjects.ts'
import { releasedSchemas } from '../schemas/release/released.ts'
import { createRegistry, releasedRegistry, subjectOf, type Registry } from '../schemas/release/registry.ts'
import { withLateSchemas } from '../streams/input/late-schemas.ts'
import type { Log } from '../streams/log.ts'
import { misplacedFrames } from '../streams/input/misplaced-frames.ts'
import { createNaming, type Naming } from '../streams/naming.ts'
import { platformTopics } from '../streams/platform-topics.ts'
import type { CommandContext } from './context.ts'
import { brokersOf } from './services.ts'

/** Returns the client options with which a part of the platform connects to the brokers. */
export function clientOptions(config: Config, part: string): ClientOptions {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = config
  return {
    brokers: brokersOf(config),
    clientId: `scoreline-${part}`,
    ...(config.tls === undefined ? {} : { tls: config.tls }),
    ...(mechanism === undefined || username === undefined
      ? {}
      : { sasl: { mechanism, username, password: password ?? '' } }),
  }
}

/** Returns the recreated topics that may be read from their beginning, as `name:id`. */
export function acceptedTopicsOf({ ACCEPTED_TOPICS: accepted }: Config): ReadonlySet<string> {
  return new Set(accepted?.split(',').map((one) => one.trim()))
}

export function namingOf(config: Config): Naming {
  return createNaming(config.TOPIC_PREFIX)
}

/** Returns the released schemas with their own ids, or with the ids that the configured registry gave them. */
export async function openRegistry(config: Config, log: Log): Promise<Registry> {
  const added = loadedExtensions.flatMap(({ schemas }) => schemas)
  if (config.SCHEMA_REGISTRY_URL === undefined)
    return added.length === 0 ? releasedRegistry : createRegistry([...releasedSchemas, ...added])
  const { registerSchemas } = await confluentRegistry()
  return createRegistry(await registerSchemas(config.SCHEMA_REGISTRY_URL, [...releasedSchemas, ...added], log))
}

/** Loads the library only if a registry is configured, so that other starts do not wait for it. */
const confluentRegistry = () => import('../kafka/confluent-registry.ts')

/**
 * Opens a client and a registry for reading events. If a schema registry is configured, they learn schemas that other
 * programs register while this process runs.
 */
export async function openReader(
  config: Config,
  log: Log,
  part: string,
  changes: Partial<ClientOptions> = {},
): Promise<{ readonly client: KafkaClient; readonly registry: Registry }> {
  const registry = await openRegistry(config, log)
  const client = createKafkaClient({ ...clientOptions(config, part), ...changes })
  const url = config.SCHEMA_REGISTRY_URL
  if (url === undefined) return { client, registry }
  const naming = namingOf(config)
  const { laterVersions } = await confluentRegistry()
  return withLateSchemas({
    client,
    registry,
    subjects: new Map(topics.map((topic) => [naming.topic(topic), subjectOf(topic)])),
    framesWithin: misplacedFrames(naming, registry, topicNamed),
    laterVersions: (subject, after) => laterVersions(url, subject, after),
    log,
  })
}

export async function withAdmin<Result>(
  context: CommandContext,
  use: (admin: Admin) => Promise<Result>,
): Promise<Result> {
  const admin = createAdmin(clientOptions(context.config, 'admin'))
  try {
    return await use(admin)
  } finally {
    await admin.close()
  }
}

export async function openProducer(context: CommandContext, part: string): Promise<PlainProducer> {
  const producer = createPlainProducer(clientOptions(context.config, part))
  await producer.connect()
  return producer
}

/** Returns every topic of the platform as it should be on the brokers. */
export function wantedTopics(config: Config) {
  const { TOPIC_PARTITIONS: partitions, TOPIC_REPLICATION: replicationFactor } = config
  const minInSyncReplicas = majorityOf(replicationFactor)
  const wanted = platformTopics(namingOf(config), { topics, processors, partitions })
  return wanted.map((topic) => ({ ...topic, replicationFactor, minInSyncReplicas }))
}

/** Creates the missing topics of the platform. */
export function ensureTopics(context: CommandContext): Promise<void> {
  const { TOPIC_REPLICATION: replicationFactor } = context.config
  return withAdmin(context, async (admin) => {
    const { created, altered, underReplicated } = await admin.ensureTopics(wantedTopics(context.config))
    if (created.length > 0) context.log('info', `${created.length} topics created`)
    if (altered.length > 0)
      context.log('info', `${altered.length} topics have their settings changed: ${altered.join(', ')}`)
    if (underReplicated.length > 0) {
      const each = underReplicated.map(({ name, copies }) => `${name} (${copies})`).join(', ')
      context.log(
        'warn',
        `TOPIC_REPLICATION is ${replicationFactor}, and these topics have fewer copies: ${each}. ` +
          'A broker that is lost takes their records with it: give them more with kafka-reassign-partitions.sh, and start again.',
      )
    }
  })
}

/**
 * Returns the majority of copies. With acks=all, a record on a majority survives the loss of one broker, and with three
 * copies one broker may be absent.
 */
function majorityOf(copies: number): number {
  return Math.floor(copies / 2) + 1
}
