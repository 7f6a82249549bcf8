import { join } from 'node:path'
import type { OnlineFeatures } from '../../api/ports.ts'
import type { Config } from '../../config.ts'
import { customerFeatures as featureSet } from '../../features/customers/customer.ts'
import { releasedFeatures } from '../../features/release/released-features.ts'
import type { KafkaClient } from '../../kafka/client.ts'
import { codecOf, type Codec } from '../../schemas/avro/codec.ts'
import { TIME_MAX_MS, TIME_MIN_MS } from '../../schemas/check-event.ts'
import { customerFeatures, type CustomerFeatures } from '../../schemas/customers/customer-features.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Health } from '../../streams/health.ts'
import type { Log } from '../../streams/log.ts'
import type { Naming } from '../../streams/naming.ts'
import { openTopicView } from '../../streams/views/topic-view.ts'

export interface OnlineFeaturesOptions {
  readonly config: Pick<Config, 'DATA_DIRECTORY'>
  readonly client: KafkaClient
  readonly naming: Naming
  readonly registry: Registry
  readonly log: Log
  readonly health: Health
}

/** Opens a local view of the newest features of every customer. */
export async function openOnlineFeatures({
  config,
  client,
  naming,
  registry,
  log,
  health,
}: OnlineFeaturesOptions): Promise<{ readonly view: OnlineFeatures; close(): Promise<void> }> {
  const topic = naming.topic(customerFeatures as Topic)
  const codec = codecOf(customerFeatures, registry)
  const view = await openTopicView({
    client,
    topic,
    directory: join(config.DATA_DIRECTORY, 'views', topic),
    // Younger records and tombstones are not compacted.
    tombstonesKeptMs: daysOf(customerFeatures) * DAY_MS,
    accepts: (value) => isServable(codec, value),
    log,
    health,
  })
  return {
    view: {
      of(customerId) {
        const bytes = view.get(customerId)
        return bytes === undefined ? undefined : codec.decode(bytes)
      },
      state: view.state,
      sets: namesOfVersions(),
    },
    close: view.close,
  }
}

function daysOf({ retention }: Pick<Topic, 'retention'>): number {
  return retention === 'compacted' ? 1 : retention.days
}

/** Returns whether a value can be served: a foreign record under a customer's key must not hide the valid one. */
export function isServable(codec: Codec<CustomerFeatures>, value: Buffer): boolean {
  try {
    const { occurredAt } = codec.decode(value)
    return occurredAt >= TIME_MIN_MS && occurredAt < TIME_MAX_MS
  } catch {
    return false
  }
}

/** Returns the feature names of every released version of the customers' feature set and of the current one. */
function namesOfVersions(): ReadonlyMap<string, readonly string[]> {
  const name = featureSet.id.split('@', 1)[0]
  const released = releasedFeatures.filter(({ id }) => id.split('@', 1)[0] === name)
  return new Map([
    ...released.map(({ id, features }) => [id, features.map(([feature]) => feature)] as const),
    [featureSet.id, featureSet.names] as const,
  ])
}
