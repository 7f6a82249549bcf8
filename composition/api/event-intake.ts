import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UnclearError, type ApiPorts } from '../../api/ports.ts'
import { AuthorizationError, UnclearCommitError } from '../../kafka/errors.ts'
import { createGroupCommit, type GroupCommit } from '../../kafka/producer/group-commit.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import { unmappedWebhooks } from '../../schemas/webhooks/unmapped-webhooks.ts'
import { topics } from '../../subjects/subjects.ts'
import type { CommandContext } from '../context.ts'
import { clientOptions, namingOf } from '../kafka.ts'
import { every } from '../../streams/task/loop.ts'
import { waitingForKafka } from '../waiting-for-kafka.ts'
import { createMissingRights } from './missing-rights.ts'

/** Writes the events of API requests to Kafka, atomically per request. */
export interface EventIntake {
  readonly publish: ApiPorts['publish']
  /** Returns why events are not accepted now; `undefined` if they are. */
  trouble(): string | undefined
  close(): Promise<void>
}

/** Request time-out, so that a dead broker does not hold an HTTP request for longer. */
const REQUEST_MS_MAX = 10_000
const PROBE_MS = 2_000

export function createEventIntake(context: CommandContext, registry: Registry): EventIntake {
  const { config } = context
  const naming = namingOf(config)
  // A separate client, so that reads for live updates don't delay writes.
  const client = createKafkaClient({ ...clientOptions(config, 'api-events'), requestTimeoutMs: REQUEST_MS_MAX })
  const commits = createGroupCommit(client, {
    transactionalId: naming.intakeId(instanceOf(context)),
    topics: topics
      .filter((topic) => topic.role === 'input' || topic === (unmappedWebhooks as Topic))
      .map((topic) => naming.topic(topic)),
  })

  return intakeOver(commits, context, registry, () => client.close())
}

/** Creates an intake over a given writer. `nowMs` is a monotonic clock. */
export function intakeOver(
  commits: GroupCommit,
  { config, log }: Pick<CommandContext, 'config' | 'log'>,
  registry: Registry,
  closeClient: () => Promise<void>,
  nowMs: () => number = () => performance.now(),
  probeMs = PROBE_MS,
): EventIntake {
  const naming = namingOf(config)
  const rights = createMissingRights(nowMs)
  const closing = new AbortController()
  // A load balancer sends nothing to an API that is not ready, so the API must notice by itself that a right is back.
  void every(probeMs, closing.signal, async () => {
    const refused = rights.refusedTopic()
    if (refused === undefined) return
    // A failure only means that the right is still missing.
    await commits.check(refused).then(rights.granted, () => {})
  })
  return {
    async publish(topic, events) {
      const codec = codecOf(topic, registry)
      const records = events.map((event) => ({ key: topic.keyOf(event), value: codec.encode(event) }))
      try {
        const places = await commits.write(naming.topic(topic), records)
        if (records.length > 0) rights.granted()
        return places
      } catch (error) {
        if (error instanceof AuthorizationError) rights.refused(naming.topic(topic), error)
        log('warn', 'Events were not taken', { topic: topic.name, error })
        throw error instanceof UnclearCommitError ? new UnclearError(error.message, { cause: error }) : error
      }
    },
    trouble: () => waitingForKafka('The oldest request with events', commits.waitingMs()) ?? rights.trouble(),
    async close() {
      closing.abort()
      await commits.close()
      await closeClient()
    },
  }
}

/**
 * Returns the id of this API instance among all that share the brokers. It is stored, so that the next run immediately
 * aborts a transaction that this one leaves open, and stored per port, since two processes in one folder can't listen
 * on the same port.
 */
function instanceOf({ config, log }: CommandContext): string {
  const file = join(config.DATA_DIRECTORY, `api-${config.API_PORT}.id`)
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    const made = randomUUID()
    try {
      mkdirSync(config.DATA_DIRECTORY, { recursive: true })
      writeFileSync(file, made)
    } catch (error) {
      log('warn', `${file} can't be written, so the next run will be taken for another instance`, { error })
    }
    return made
  }
}
