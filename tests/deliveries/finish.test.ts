import { finishOf } from '../../deliveries/finish.ts'
import type { Outcome } from '../../deliveries/outcome.ts'

const retryPolicy = { firstMs: 100, maxMs: 1_000, maxAgeMs: 10_000 }
const finish = (outcome: Outcome, waitedMs = 0, attempts = 1) =>
  finishOf(outcome, { attempts, waitedMs }, retryPolicy, 0)

test('a message that arrived is delivered, however late', () =>
  expect(finish({ kind: 'delivered', answer: '204' }, 20_000)).toEqual({ status: 'delivered', answer: '204' }))

test('what is refused for its content is dead at once, with the words of the receiver', () =>
  expect(finish({ kind: 'refused', answer: '422', responseText: 'no such field' })).toEqual({
    status: 'dead',
    answer: '422 no such field',
  }))

test('a failed message is retried, later each time and not before the receiver allows it, until patience ends', () => {
  expect(finish({ kind: 'retryable', answer: '500' }, 0, 3)).toMatchObject({ status: 'waiting', waitMs: 400 })
  expect(finish({ kind: 'retryable', answer: '429', waitMs: 5_000 })).toMatchObject({
    status: 'waiting',
    waitMs: 5_000,
  })
  expect(finish({ kind: 'retryable', answer: '500' }, 10_000, 9)).toEqual({
    status: 'dead',
    answer: 'Given up after 9 attempts; the last: 500',
  })
})

test('a message that the receiver no longer accepts waits for a person’s decision', () =>
  expect(finish({ kind: 'gone', answer: '410' }, 20_000)).toMatchObject({ status: 'waiting', waitMs: 0 }))
