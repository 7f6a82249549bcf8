import {
  chosenText,
  planOf,
  queueText,
  releaseText,
  type Decision,
  type DeskSummary,
  type Plan,
} from '../../../../../dashboard/src/calls/desks/desk-text.ts'

test('a queue says how many wait and for how long the first does', () => {
  const queue = (waiting: number, waitingSince: string | null) =>
    queueText({ waiting, waitingSince } as DeskSummary, Date.parse('2026-06-15T09:01:05Z'))
  expect([queue(0, null), queue(1, '2026-06-15T09:00:00Z'), queue(2, '2026-06-15T09:00:50Z')]).toEqual([
    ...['No call waits', '1 call waits for 1 min 05 s', '2 calls wait, the longest for 15 s'],
  ])
})

test('a decision says who decided and what the scores would have done', () => {
  const decision = (changes: object) =>
    chosenText({
      agentId: 'ann',
      decidedBy: 'longest-idle',
      scoredAgentId: null,
      considered: 2,
      ...changes,
    } as Decision)
  expect(decision({ decidedBy: null })).toBeUndefined()
  expect(decision({ decidedBy: 'score', scoredAgentId: 'ann' })).toBe('ann chosen by the highest score, of 2 agents')
  expect(decision({})).toBe('ann chosen because free longest, of 2 agents')
  expect(decision({ scoredAgentId: 'ann' })).toMatch(/; so would the scores$/)
  expect(decision({ scoredAgentId: 'bob' })).toMatch(/; the scores would have chosen bob$/)
})

test('a desk has its own plan, or the default', () => {
  const plans = [{ desk: 'default' }, { desk: 'sales' }] as Plan[]
  expect([planOf(plans, 'sales')?.desk, planOf(plans, 'loans')?.desk]).toEqual(['sales', 'default'])
  expect([releaseText('ACTIVE').tone, releaseText('LATER').label]).toEqual(['good', 'LATER'])
})
