import { calls, type Call } from '../../../schemas/calls/calls.ts'
import { outcomes } from '../../../schemas/models/outcomes.ts'
import { callResults } from '../../../store/calls/call-results.ts'
import { outcomeOf, put, START, storeUnderTest } from '../store-under-test.ts'

const store = storeUnderTest()

const callOf = (callId: string, more: Partial<Call> = {}): Call => ({
  ...{
    id: callId,
    occurredAt: START,
    source: 'test',
    customerId: callId,
    callId,
    agentId: null,
    direction: 'outbound',
  },
  ...{ answered: true, durationS: 60, campaign: null, product: null, clicks: 0, satisfaction: null, turns: [] },
  ...{ context: {}, script: null, scriptVersion: null },
  ...more,
})

test.each([1e12, 1e300, Number.MAX_VALUE])(
  'a call of %d s, longer than PostgreSQL counts, spoils no other',
  async (durationS) => {
    await put(store.database, calls, [callOf('k1'), callOf('k2', { durationS })])
    const sold = { task: 'call-conversion', value: 1, asOf: START - 30_000 }
    await put(
      store.database,
      outcomes,
      ['k1', 'k2'].map((customerId) => outcomeOf(customerId, { ...sold, customerId })),
    )
    const results = await callResults(store.database, ['k1', 'k2', 'k3'])
    expect([...results.values()].map(({ callId, converted }) => [callId, converted])).toEqual([
      ['k1', true],
      ['k2', true],
    ])
  },
)
