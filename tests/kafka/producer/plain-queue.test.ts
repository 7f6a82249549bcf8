import fc from 'fast-check'
import { createBufferPool } from '../../../kafka/producer/buffer-pool.ts'
import { KafkaError } from '../../../kafka/errors.ts'
import { createPlainQueue } from '../../../kafka/producer/plain-queue.ts'
import { layout } from '../../../kafka/records/record-batch-layout.ts'
import { loneBatchBytes } from '../../../kafka/records/record-size.ts'

type Outcome = 'taken' | 'lost before' | 'given up' | 'fenced'
const codes = {
  'lost before': 'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'given up': 'DELIVERY_TIMEOUT',
  fenced: 'ERROR',
} as const

const refusal = (code: string): KafkaError => new KafkaError(code, code, 'abortable')
const numbersOf = (batch: Buffer) => ({
  epoch: batch.readInt16BE(layout.producerEpoch),
  sequence: batch.readInt32BE(layout.baseSequence),
  count: batch.readInt32BE(layout.recordCount),
})

/**
 * Runs a queue in front of a broker that accepts batches of up to `brokerBytesMax`; the queue may believe in a higher
 * limit.
 */
function run(sizes: readonly number[], outcomes: readonly Outcome[], believedBytesMax: number, brokerBytesMax: number) {
  let asked = 0
  const queue = createPlainQueue(
    { topic: 't', partition: 0 },
    {
      memory: createBufferPool(),
      deliveryTimeoutMs: 60_000,
      batchBytesMax: () => (asked > 0 ? Math.min(believedBytesMax, brokerBytesMax) : believedBytesMax),
      onTooLarge: () => asked++,
    },
  )
  const fates = sizes.map((): (number | KafkaError)[] => [])
  sizes.forEach((size, index) => {
    const value = Buffer.alloc(size)
    const told = (fate: number | KafkaError) => void fates[index]!.push(fate)
    queue.add({
      key: null,
      value,
      timestampMs: 0,
      headers: undefined,
      since: performance.now(),
      acknowledge: told,
      fail: told,
    })
  })
  queue.identify({ producerId: 1n, producerEpoch: 0 })
  const sent: { readonly epoch: number; readonly sequence: number; readonly count: number; readonly bytes: number }[] =
    []
  let end = 0
  for (let turn = 0; !queue.isEmpty && turn < 10_000; turn++) {
    queue.fill!()
    const batch = queue.waiting[0]!
    sent.push({ ...numbersOf(batch.bytes), bytes: batch.bytes.length })
    const outcome = outcomes[turn] ?? 'taken'
    if (batch.bytes.length > brokerBytesMax) queue.failBatch!(batch, refusal('MESSAGE_TOO_LARGE'))
    else if (outcome === 'taken') {
      queue.waiting.shift()
      queue.onAcknowledged(batch, end)
      end += batch.count
    } else queue.failBatch!(batch, refusal(codes[outcome]))
  }
  return { fates, sent, end, isEmpty: queue.isEmpty }
}

const outcome = fc.constantFrom<Outcome>('taken', 'taken', 'taken', 'lost before', 'given up', 'fenced')

describe('the queue of a plain producer', () => {
  it('reports the outcome of each record once, and writes accepted ones once and in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3_000), { minLength: 1, maxLength: 60 }),
        fc.array(outcome, { maxLength: 40 }),
        fc.integer({ min: 200, max: 20_000 }),
        fc.integer({ min: 200, max: 20_000 }),
        (sizes, outcomes, believed, brokers) => {
          const { fates, end, isEmpty } = run(sizes, outcomes, believed, brokers)
          expect(isEmpty).toBe(true)
          expect(fates.map((told) => told.length)).toEqual(sizes.map(() => 1))
          const offsets = fates.flat().filter((fate) => typeof fate === 'number')
          expect(offsets).toEqual(Array.from({ length: end }, (_, i) => i))
        },
      ),
    )
  })

  it('numbers the batches of an epoch without a gap and begins each epoch at 0, above the one before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(500), { minLength: 1, maxLength: 60 }),
        fc.array(outcome, { maxLength: 40 }),
        fc.integer({ min: 200, max: 5_000 }),
        (sizes, outcomes, limit) => {
          const { sent } = run(sizes, outcomes, limit, limit)
          let next = { epoch: 0, sequence: 0 }
          for (const [index, batch] of sent.entries()) {
            const afterFailure = index > 0 && batch.epoch > sent[index - 1]!.epoch
            if (afterFailure) next = { epoch: sent[index - 1]!.epoch + 1, sequence: 0 }
            expect(batch).toMatchObject(next)
            next = { epoch: batch.epoch, sequence: batch.sequence + batch.count }
          }
        },
      ),
    )
  })

  it('fills batches up to the limit, and refuses only records that no batch can hold', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3_000), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 200, max: 9_000 }),
        (sizes, limit) => {
          const { fates, sent } = run(sizes, [], limit, limit)
          for (const { bytes, count } of sent) expect(count === 1 || bytes <= limit).toBe(true)
          const isTaken = fates.map(([fate]) => typeof fate === 'number')
          expect(isTaken).toEqual(sizes.map((size) => loneBatchBytes(null, Buffer.alloc(size)) <= limit))
        },
      ),
    )
  })
})
