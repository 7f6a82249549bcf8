/**
 * Runs transactions of the platform's own client back to back, with its defaults; prints the time of each commit, as
 * `TransactionLoop.java` does. Argument: JSON of `LoopSettings`. It ends when its standard input closes.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { ClientOptions, TransactionalProducer } from '../../kafka/client.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'

export interface LoopSettings {
  readonly client: Pick<ClientOptions, 'brokers' | 'tls' | 'sasl'>
  readonly topic: string
  readonly partitions: number
  readonly pauseMs: number
  readonly transactionalId: string
  readonly groupId: string
}

const {
  client: options,
  topic,
  partitions,
  pauseMs,
  transactionalId,
  groupId,
} = JSON.parse(process.argv[2]!) as LoopSettings
const client = createKafkaClient({ ...options, clientId: 'stalls' })
const value = Buffer.alloc(100)
const group = { groupId, generationId: -1, memberId: '', groupInstanceId: null }

process.stdin.resume().on('end', () => process.exit(0))

let count = 0

async function transact(producer: TransactionalProducer): Promise<void> {
  producer.begin()
  for (let partition = 0; partition < partitions; partition++)
    producer.append(topic, partition, Date.now(), null, value)
  await producer.sendOffsets(group, [{ topic, partition: 0, offset: ++count }])
  await producer.commit()
  console.log(Date.now())
}

for (;;) {
  const producer = client.transactionalProducer(transactionalId)
  try {
    await producer.init()
    for (;;) {
      try {
        await transact(producer)
        await delay(pauseMs)
      } catch (error) {
        console.error(String(error))
        await producer.abort()
      }
    }
  } catch (error) {
    console.error(String(error))
    await producer.close()
    await delay(100)
  }
}
