/** Copies a topic of one partition to another one, each record once, whatever is killed: FROM=in TO=out. */
import { createKafkaClient, keyOf, valueOf } from '@scoreline/kafka'

const { KAFKA_BROKERS = 'localhost:9092', FROM = 'in', TO = 'out' } = process.env
const client = createKafkaClient({ brokers: KAFKA_BROKERS.split(','), clientId: 'copier' })
const fetcher = client.fetcher()
const producer = client.transactionalProducer(`copy-${FROM}-${TO}`)
const from = { topic: FROM, partition: 0 }

const group = await client.joinGroup({
  groupId: `copy-${FROM}-${TO}`,
  topics: [FROM],
  sessionTimeoutMs: 6_000,
  async onAssigned() {
    // First of all: from here on no former owner can commit.
    await producer.init()
    const [committed] = await client.committedOffsets(`copy-${FROM}-${TO}`, [from])
    await fetcher.assign(from, committed?.offset ?? 'earliest')
  },
  onRevoked: async () => fetcher.unassign(from),
  onLost: async () => fetcher.unassign(from),
  onFatal: (error) => console.error(error.message),
})

let stopped = false
process.on('SIGTERM', () => (stopped = true))
while (!stopped) {
  const batch = fetcher.assigned().length > 0 ? fetcher.take(FROM, 0) : undefined
  if (batch === undefined) {
    await fetcher.wait(100)
    continue
  }
  producer.begin()
  for (let i = 0; i < batch.count; i++) producer.append(TO, 0, batch.timestamps[i]!, keyOf(batch, i), valueOf(batch, i))
  await producer.sendOffsets(group.metadata(), [{ ...from, offset: fetcher.position(FROM, 0) }])
  await producer.commit()
  console.log(`copied ${batch.count}`)
}
await client.close()
