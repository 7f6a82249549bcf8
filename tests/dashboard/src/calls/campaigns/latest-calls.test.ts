import fc from 'fast-check'
import { latestCalls } from '../../../../../dashboard/src/calls/campaigns/latest-calls.ts'

const step = (attemptId: string, disposition: string | null) => ({
  ...{ id: `${attemptId}/${disposition}`, occurredAt: '2026-06-15T09:00:00.000Z', source: 'test', customerId: 'c-1' },
  ...{ customerName: null, campaign: 'spring', attemptId, step: disposition === null ? 'dispatched' : 'completed' },
  ...{ disposition, callbackAt: null, agentId: null },
})

test('a call has one line, with its latest outcome', () => {
  const lines = latestCalls([step('b', null), step('a', 'converted'), step('a', 'busy'), step('a', null)])
  expect(lines.map(({ attemptId, disposition }) => [attemptId, disposition])).toEqual([
    ['b', null],
    ['a', 'converted'],
  ])
})

test('a dispatch of the same moment never hides the outcome', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(['busy', null, null], { minLength: 3 }), (dispositions) => {
      expect(latestCalls(dispositions.map((one) => step('a', one)))).toMatchObject([{ disposition: 'busy' }])
    }),
  )
})
