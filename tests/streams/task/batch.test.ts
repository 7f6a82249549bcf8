/** Failures between two events, in timers and in re-evaluation, which must not stop anything else. */
import { clock } from '../../../schemas/platform/clock.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import type { Processor } from '../../../processors/processor.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { createReplay } from '../../../streams/replay/replay.ts'
import { StoreDamagedError } from '../../../streams/state/store-errors.ts'
import { counting, globalsWith, halving, transaction } from '../counting-processor.ts'

const START = 1_700_000_000_000
const event = (customerId: string, changes = {}) => ({
  topic: transactions as Topic,
  value: transaction(customerId, 1, changes),
})
const tick = (minutes: number) => ({
  topic: clock as Topic,
  value: { id: `tick-${minutes}`, occurredAt: START + minutes * 60_000, source: 'test', partition: 0 },
})
const globals = globalsWith(undefined)
const keysOf = (messages: readonly { readonly key: string }[]) => messages.map(({ key }) => key)

function failingFor(key: string, step: 'onTimer' | 'row' | 'decide'): Processor {
  const fail = () => {
    throw new TypeError(`a bug in ${step}`)
  }
  return {
    ...counting,
    onTimer(state, name, at, requestScore) {
      if (step === 'onTimer' && state.key === key) fail()
      counting.onTimer!(state, name, at, requestScore)
    },
    row(state, subject, row) {
      if (step === 'row' && state.key === key && subject === 'reminded') fail()
      return counting.row(state, subject, row)
    },
    decide(decisionState, scored, settings, emit) {
      if (step === 'decide' && scored.key === key && scored.subject === 'reminded') fail()
      counting.decide(decisionState, scored, settings, emit)
    },
  }
}

test.each(['onTimer', 'row', 'decide'] as const)(
  'a timer that fails in %s is dropped, and the others of its tick fire',
  async (step) => {
    const run = createReplay(failingFor('b', step))
    await run.run([event('a'), event('b'), event('c')], globals)
    expect(keysOf(await run.run([tick(11)], globals))).toEqual(['a', 'c'])
    expect(keysOf(await run.run([tick(12)], globals))).toEqual([])
    // Later events of the customer are processed.
    expect(keysOf(await run.run([event('b', { id: 'later' })], globals))).toEqual(['b'])
    expect(run.refused).toEqual([])
  },
)

test('a key that fails in a re-evaluation keeps its decision, and the others go on', async () => {
  const run = createReplay({
    ...counting,
    decide(decisionState, scored, settings, emit) {
      if (scored.cause === null && scored.key === 'b') throw new TypeError('a bug')
      counting.decide(decisionState, scored, settings, emit)
    },
  })
  await run.run([event('a'), event('b'), event('c')], globals)
  expect(keysOf(await run.reevaluate(globalsWith(halving())))).toEqual(['a', 'c'])
})

test('what no event is to blame for sets no event aside', async () => {
  const run = createReplay({
    ...counting,
    row() {
      throw new StoreDamagedError('torn')
    },
  })
  await expect(run.run([event('a')], globals)).rejects.toThrow('torn')
  expect(run.refused).toEqual([])
})
