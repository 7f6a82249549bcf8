import { describe, expect, test } from '@jest/globals'
import { deliveryTimeoutOf, mayBeAppended, produceOutcome } from '../../../kafka/producer/produce-outcome.ts'
import { waitingBatch } from '../../../kafka/producer/send-queue.ts'
import type { QueuedBatch, SendQueue } from '../../../kafka/producer/send-queue.ts'

const answer = (errorCode: number) => ({ errorCode, errorMessage: null, baseOffset: -1 })
const NOT_LEADER = 6
const REQUEST_TIMED_OUT = 7
const MESSAGE_TOO_LARGE = 10
const OUT_OF_ORDER = 45
const DUPLICATE = 46

/** Returns two batches of one partition, in order. */
function twoBatches(): readonly [QueuedBatch, QueuedBatch] {
  const queue = { topic: 'visits', partition: 3, waiting: [], mustDrain: false } as Partial<SendQueue> as SendQueue
  const batches = [waitingBatch(queue, Buffer.alloc(1), 1), waitingBatch(queue, Buffer.alloc(1), 1)] as const
  queue.waiting.push(...batches)
  return batches
}

describe('the outcome of a produced batch', () => {
  test.each([0, DUPLICATE])('with the answer %i it is in the log', (errorCode) => {
    const [first] = twoBatches()
    expect(produceOutcome(first, answer(errorCode), 'scores-1')).toEqual({ kind: 'acknowledged' })
  })

  test('a retriable error resends it, another one does not', () => {
    const [first] = twoBatches()
    expect(produceOutcome(first, answer(NOT_LEADER), 'scores-1').kind).toBe('retry')
    expect(produceOutcome(first, answer(MESSAGE_TOO_LARGE), 'scores-1')).toMatchObject({
      kind: 'failed',
      error: { code: 'MESSAGE_TOO_LARGE', message: expect.stringContaining('visits-3 of scores-1') as unknown },
    })
  })

  test('out of order is a real error only for the first batch of a queue without failures', () => {
    const [first, second] = twoBatches()
    expect(produceOutcome(first, answer(OUT_OF_ORDER), 'scores-1').kind).toBe('failed')
    expect(produceOutcome(second, answer(OUT_OF_ORDER), 'scores-1').kind).toBe('retry')
    first.queue.mustDrain = true
    expect(produceOutcome(first, answer(OUT_OF_ORDER), 'scores-1').kind).toBe('retry')
  })

  test('only some errors leave open whether it is in the log', () => {
    expect([-1, REQUEST_TIMED_OUT, NOT_LEADER, MESSAGE_TOO_LARGE].map((code) => mayBeAppended(answer(code)))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

describe('the delivery time-out', () => {
  const limit = { name: 'scores-1', transactionalId: 'scores-1', deliveryTimeoutMs: 1000 }
  const tried = (attempts: number): QueuedBatch => Object.assign(twoBatches()[0], { attempts, firstAttemptAt: 5000 })

  test('ends a batch that was tried twice during the delivery timeout', () => {
    expect(deliveryTimeoutOf(tried(2), 5999, limit)).toBeUndefined()
    expect(deliveryTimeoutOf(tried(2), 6000, limit)?.message).toContain(
      'visits-3 of scores-1: not acknowledged within 1000 ms',
    )
  })

  test('never ends a batch after a single attempt', () => {
    expect(deliveryTimeoutOf(tried(1), 60_000, limit)).toBeUndefined()
  })
})
