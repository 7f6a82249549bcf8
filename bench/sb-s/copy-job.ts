import { createKafkaClient } from '../../kafka/kafka-client.ts'

/**
 * Copies IN to OUT unchanged, in transactions with the input's offsets: the bound that the client sets for any job. It
 * reads the same environment variables as a job.
 */
const {
  BROKERS = '127.0.0.1:9092',
  APP_ID = 'copy',
  IN = 'transactions',
  OUT = 'scores',
  COMMIT_MS = '100',
} = process.env
const RECORDS_MAX = 20_000

const client = createKafkaClient({ brokers: BROKERS.split(','), clientId: APP_ID })
const producer = client.transactionalProducer(APP_ID)
await producer.init()
const fetcher = client.fetcher()
let owned: readonly number[] = []
const group = await client.joinGroup({
  groupId: APP_ID,
  topics: [IN],
  onAssigned: async (partitions) => {
    owned = partitions
    for (const partition of partitions) await fetcher.assign({ topic: IN, partition }, 'earliest')
  },
  onRevoked: () => Promise.resolve(),
  onLost: () => Promise.resolve(),
  onFatal(error) {
    console.error(error)
    process.exit(1)
  },
})

let stopping = false
process.on('SIGTERM', () => (stopping = true))
while (!stopping) {
  const endAt = performance.now() + Number(COMMIT_MS)
  let records = 0
  producer.begin()
  while (records < RECORDS_MAX && performance.now() < endAt) {
    let found = false
    for (const partition of owned) {
      const batch = fetcher.take(IN, partition)
      if (batch === undefined) continue
      found = true
      records += batch.count
      for (let index = 0; index < batch.count; index++) {
        const keyStart = batch.keyStarts[index]!
        const keyEnd = keyStart + batch.keyLengths[index]!
        const valueStart = batch.valueStarts[index]!
        const key = batch.bytes.subarray(keyStart, keyEnd)
        const value = batch.bytes.subarray(valueStart, valueStart + batch.valueLengths[index]!)
        producer.append(OUT, partition, batch.timestamps[index]!, key, value)
      }
    }
    if (!found) await fetcher.wait(Math.max(1, endAt - performance.now()))
  }
  if (records > 0) {
    const offsets = owned.map((partition) => ({ topic: IN, partition, offset: fetcher.position(IN, partition) }))
    void producer.sendOffsets(group.metadata(), offsets)
  }
  await producer.commit()
}
await group.leave()
await producer.close()
await fetcher.close()
await client.close()
