/**
 * Kafka and PostgreSQL in containers if a Docker engine answers; undefined if none does, or an image is not available.
 */
import type * as Testcontainers from 'testcontainers'
import { findFreePort } from '../../deploy/ports.ts'
import type { Service } from './service.ts'

const KAFKA_IMAGE = 'apache/kafka:4.3.1'
const POSTGRES_IMAGE = 'postgres:18'

const asService = (container: Testcontainers.StartedTestContainer, address: string): Service => ({
  address,
  from: `container ${container.getId().slice(0, 12)}`,
  stop: async () => void (await container.stop()),
  kill: () => {},
})

/** Without an engine the import itself may throw, within milliseconds. */
const tryContainer = async (
  start: (
    GenericContainer: typeof Testcontainers.GenericContainer,
    Wait: typeof Testcontainers.Wait,
  ) => Promise<Service>,
): Promise<Service | undefined> => {
  try {
    const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers')
    await getContainerRuntimeClient()
    return await start(GenericContainer, Wait).catch((error: unknown) => {
      // An engine without the image, say behind a closed network, deserves a warning: it is slower than no engine.
      console.warn(`a container could not be started, taking the embedded server: ${String(error)}`)
      return undefined
    })
  } catch {
    return undefined
  }
}

export const startBrokerContainer = (): Promise<Service | undefined> =>
  tryContainer(async (GenericContainer, Wait) => {
    // Kafka tells clients its address, so the outer port must be known before it starts.
    const port = await findFreePort()
    const container = await new GenericContainer(KAFKA_IMAGE)
      .withExposedPorts({ container: 9092, host: port })
      .withEnvironment({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_LISTENERS: 'PLAINTEXT://0.0.0.0:9092,INNER://127.0.0.1:9094,CONTROLLER://127.0.0.1:9093',
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port},INNER://127.0.0.1:9094`,
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,INNER:PLAINTEXT,CONTROLLER:PLAINTEXT',
        KAFKA_INTER_BROKER_LISTENER_NAME: 'INNER',
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@127.0.0.1:9093',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
        KAFKA_MESSAGE_MAX_BYTES: String(16 * 1024 * 1024),
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS: '4',
        KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      })
      .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
      .withStartupTimeout(120_000)
      .start()
    return asService(container, `127.0.0.1:${port}`)
  })

export const startDatabaseContainer = (): Promise<Service | undefined> =>
  tryContainer(async (GenericContainer, Wait) => {
    const container = await new GenericContainer(POSTGRES_IMAGE)
      .withExposedPorts(5432)
      .withEnvironment({
        POSTGRES_USER: 'scoreline',
        POSTGRES_PASSWORD: 'scoreline',
        POSTGRES_DB: 'scoreline',
        LANG: 'C.UTF-8',
      })
      .withCommand(['postgres', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'timezone=UTC'])
      // The image starts the server twice: once to initialise, once to serve.
      .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
      .withStartupTimeout(120_000)
      .start()
    return asService(
      container,
      `postgres://scoreline:scoreline@${container.getHost()}:${container.getMappedPort(5432)}/scoreline`,
    )
  })
