import {
  campaignState,
  inOrder,
  withState,
  switchOf,
} from '../../../../../dashboard/src/calls/campaigns/campaign-state.ts'

const campaign = (name: string, state: string) => ({
  ...{ name, state, description: 'Loans', purpose: 'service', channel: 'call', jurisdiction: 'cn' },
  ...{
    pacing: 'predictive',
    order: 'expected-value',
    product: null,
    version: 3,
    changedBy: 'li',
    changedAt: '2026-06-15T09:00:00.000Z',
    reason: null,
  },
})

test('running campaigns come first, then those that may run, by name', () => {
  const all = [campaign('a', 'ended'), campaign('d', 'running'), campaign('c', 'paused'), campaign('b', 'running')]
  expect(inOrder(all).map(({ name }) => name)).toEqual(['b', 'd', 'c', 'a'])
})

test('a running campaign can be paused, a paused one resumed, an ended one stays ended', () => {
  const next = (state: string) => switchOf(state)?.to
  expect(['running', 'paused', 'draft', 'ended'].map(next)).toEqual(['paused', 'running', 'running', undefined])
  expect(campaignState('on_hold').label).toBe('On hold')
})

test('a change of state keeps all other fields, also those of a later version of the API', () => {
  const seen = { ...campaign('a', 'running'), history: [], later: 7 }
  expect(withState(seen as never, 'paused', 'wang')).toEqual({
    ...{ description: 'Loans', purpose: 'service', channel: 'call', jurisdiction: 'cn', pacing: 'predictive' },
    ...{ order: 'expected-value', product: null, later: 7, state: 'paused', changedBy: 'wang' },
  })
})
