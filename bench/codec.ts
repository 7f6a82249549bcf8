import { transactions } from '../schemas/customers/banking.ts'
import { codecOf } from '../schemas/avro/codec.ts'
import { releasedRegistry } from '../schemas/release/registry.ts'
import { simulatedTransactions } from './transactions.ts'
import { repeated, type Benchmark } from './benchmark.ts'

export const codec: Benchmark = {
  needsBroker: false,
  run: (context) => repeated(context, () => measure(context.events)),
}

function measure(events: number): Promise<Readonly<Record<string, number>>> {
  const values = simulatedTransactions(events)
  const { encode, decode } = codecOf(transactions, releasedRegistry)
  const encodeStart = performance.now()
  const encoded = values.map((value) => encode(value))
  const decodeStart = performance.now()
  for (const bytes of encoded) decode(bytes, 0, bytes.length)
  const end = performance.now()
  const bytes = encoded.reduce((sum, { length }) => sum + length, 0)
  return Promise.resolve({
    encodeNs: ((decodeStart - encodeStart) * 1e6) / events,
    decodeNs: ((end - decodeStart) * 1e6) / events,
    bytesPerEvent: bytes / events,
  })
}
