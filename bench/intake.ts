import { randomBytes } from 'node:crypto'
import { createAdmin } from '../kafka/admin/admin.ts'
import { createGroupCommit } from '../kafka/producer/group-commit.ts'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { createPlainProducer, type PlainRecord, type RecordPlace } from '../kafka/producer/plain-producer.ts'
import { transactions } from '../schemas/customers/banking.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import { repeated, type Benchmark } from './benchmark.ts'
import { simulatedTransactions } from './transactions.ts'

const PARTITIONS = 6
const CALLERS = [1, 16, 128]
const MEASURE_MS = 4_000
const WARM_MS = 1_000

type Write = (topic: string, records: readonly PlainRecord[]) => Promise<readonly RecordPlace[]>

/** Measures writes by callers that each wait for the answer before they write again, as HTTP clients do. */
export const intake: Benchmark = {
  needsBroker: true,
  async run({ brokers, runs, quick, log }) {
    const topic = `bench-intake-${randomBytes(4).toString('hex')}`
    const admin = createAdmin({ brokers, clientId: 'bench' })
    await admin.ensureTopics([{ name: topic, partitions: PARTITIONS }])
    const client = createKafkaClient({ brokers, clientId: 'bench' })
    const plain = createPlainProducer({ brokers, clientId: 'bench-plain' })
    const group = createGroupCommit(client, { transactionalId: topic, topics: [topic] })
    try {
      return await repeated({ runs, log }, async () => {
        const figures: Record<string, number> = {}
        for (const callers of CALLERS) {
          for (const [name, write] of [
            ['plain', plain.send],
            ['allOrNone', group.write],
          ] as const) {
            await measure(write, topic, callers, WARM_MS)
            const { perSecond, p50, p99 } = await measure(write, topic, callers, quick ? MEASURE_MS / 4 : MEASURE_MS)
            figures[`${name}${callers}CallersRequestsPerSecond`] = perSecond
            figures[`${name}${callers}CallersMsP50`] = p50
            figures[`${name}${callers}CallersMsP99`] = p99
          }
        }
        return figures
      })
    } finally {
      await Promise.all([plain.close(), group.close()])
      await client.close()
      await admin.deleteTopics([topic])
      await admin.close()
    }
  },
}

async function measure(write: Write, topic: string, callers: number, forMs: number) {
  const codec = codecOf(transactions, releasedRegistry)
  const records = simulatedTransactions(1_000).map((event) => ({ key: event.customerId, value: codec.encode(event) }))
  const took: number[] = []
  const end = performance.now() + forMs
  let next = 0
  const caller = async () => {
    for (let start = performance.now(); start < end; start = performance.now()) {
      await write(topic, [records[next++ % records.length]!])
      took.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  took.sort((one, other) => one - other)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(share * took.length))]!
  return { perSecond: (took.length * 1000) / forMs, p50: at(0.5), p99: at(0.99) }
}
