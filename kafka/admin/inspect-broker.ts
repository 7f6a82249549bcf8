import { apiVersionsV3 } from '@platformatic/kafka'
import type { ClientOptions } from '../client.ts'
import { addressOf } from '../cluster/address.ts'
import { checkBrokerVersions } from '../cluster/broker-versions.ts'
import { createConnectionPool } from '../cluster/connection-pool.ts'
import { errorOfWire } from '../errors.ts'

export interface InspectedBroker {
  /** Levels of the cluster's finalised features by name, such as `transaction.version`. */
  readonly features: ReadonlyMap<string, number>
}

const TIMEOUT_MS = 5_000

/** Connects to one broker, logs in, and checks that it speaks this client's versions. Rejects with a `KafkaError`. */
export async function inspectBroker(options: ClientOptions, broker: string): Promise<InspectedBroker> {
  const { host, port } = addressOf(broker)
  const pool = createConnectionPool(options)
  try {
    const address = options.resolveBroker?.(host, port) ?? { host, port }
    const connection = await pool.connect(address, 'inspection', options.requestTimeoutMs ?? TIMEOUT_MS)
    await checkBrokerVersions(connection)
    const { finalizedFeatures = [] } = await apiVersionsV3.api.async(connection, 'scoreline-kafka', '1')
    return { features: new Map(finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel])) }
  } catch (error) {
    throw errorOfWire(error, `Connecting to ${broker}`)
  } finally {
    await pool.close()
  }
}
