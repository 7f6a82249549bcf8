import { randomUUID } from 'node:crypto'
import type { KafkaClient } from '../kafka/client.ts'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { keyOf } from '../kafka/records/record-access.ts'
import type { Database } from '../store/database.ts'
import { claimDeployment, deploymentOf, moveDeployment, withDeploymentLock } from '../store/operations/deployment.ts'
import type { CommandContext } from './context.ts'
import { clientOptions, namingOf, openProducer, withAdmin } from './kafka.ts'
import { withDatabase } from './database.ts'
import { readTopic } from './read-topic.ts'

/**
 * Checks that topics and database belong together: with two databases, each would get only a part of the published
 * records. Both hold the id of the deployment, and every process that writes from topics to the database compares them
 * at start.
 */
export async function checkDeployment(context: CommandContext): Promise<void> {
  await withDatabase(context, 'deployment', (database) =>
    withClaims(context, (claims) =>
      // Of several processes of a new deployment, the others wait until the first has written both claims.
      withDeploymentLock(database, (locked) => compareClaims(claims, locked)),
    ),
  )
}

async function compareClaims(
  { topic, read, claim }: Claims,
  database: Parameters<typeof deploymentOf>[0],
): Promise<void> {
  const inKafka = await read()
  const inDatabase = await deploymentOf(database)
  if (inKafka === inDatabase && inKafka !== undefined) return
  if (inKafka !== undefined || inDatabase !== undefined) throw mismatch(topic, inKafka, inDatabase)
  // The first record wins: of two processes with databases of their own, the other one is refused.
  const own = await claimDeployment(database, randomUUID())
  await claim(own)
  const first = await read()
  if (first !== own) throw mismatch(topic, first, own)
}

/** Makes database and topics one deployment and returns its id. The topics' id wins if there is one. */
export async function adoptDeployment(context: CommandContext): Promise<string> {
  return withDatabase(context, 'deployment', (database: Database) =>
    withClaims(context, async ({ read, claim }) => {
      const known = await read()
      const id = known ?? (await deploymentOf(database)) ?? randomUUID()
      if (known === undefined) await claim(id)
      await moveDeployment(database, id)
      return id
    }),
  )
}

interface Claims {
  /** Topic that holds the claims. */
  readonly topic: string
  /** Returns the deployment that the topics belong to. */
  read(): Promise<string | undefined>
  claim(id: string): Promise<void>
}

async function withClaims<Result>(context: CommandContext, use: (claims: Claims) => Promise<Result>): Promise<Result> {
  const topic = namingOf(context.config).deployment()
  const client = createKafkaClient(clientOptions(context.config, 'deployment'))
  try {
    await ensureClaims(context, client, topic)
    return await use({
      topic,
      async read() {
        for await (const { batch, index } of readTopic(client, topic)) return keyOf(batch, index)?.toString()
        return undefined
      },
      async claim(id) {
        const producer = await openProducer(context, 'deployment')
        try {
          await producer.send(topic, [{ key: id, value: Buffer.from(new Date().toISOString()) }])
        } finally {
          await producer.close()
        }
      },
    })
  } finally {
    await client.close()
  }
}

/** Creates the claims topic, which older deployments lack. */
async function ensureClaims(context: CommandContext, client: KafkaClient, topic: string): Promise<void> {
  if ((await client.describeTopics([topic])).length > 0) return
  const { TOPIC_REPLICATION: replicationFactor } = context.config
  const configs = { 'cleanup.policy': 'compact' }
  await withAdmin(context, (admin) => admin.ensureTopics([{ name: topic, partitions: 1, replicationFactor, configs }]))
}

function mismatch(topic: string, inKafka: string | undefined, inDatabase: string | undefined): Error {
  const whose = (id: string | undefined) => (id === undefined ? 'to none yet' : `to the deployment ${id}`)
  const reason =
    inDatabase === undefined
      ? 'Another database is, or was, written from these topics; with two, each gets a part of the events. If this is a second deployment, give it a TOPIC_PREFIX of its own. If the former database is gone and this one takes its place'
      : inKafka === undefined
        ? 'This database was written from other topics: KAFKA_BROKERS or TOPIC_PREFIX names others now, or Kafka was made new. If these topics take their place'
        : 'They were put together by mistake: check DATABASE_URL, KAFKA_BROKERS and TOPIC_PREFIX. If this database is to be written from these topics all the same, and the one that was is stopped for good'
  return new Error(
    `The topics belong ${whose(inKafka)} (${topic}), and the database ${whose(inDatabase)}: nothing is started. ${reason}, say so once with \`scoreline adopt\`; ` +
      'a restored backup needs nothing, since it brings its id along.',
  )
}
