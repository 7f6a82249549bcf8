import {
  callState,
  findings,
  inCallOrder,
  isByHand,
  newCallId,
  nextText,
  partState,
  reportText,
  type Step,
} from '../../../../../dashboard/src/calls/live/live-call-text.ts'

const say = [{ partId: 'a', text: 'A', required: false }]

test('what to do next follows the sentences, or comes at once if there are none', () => {
  expect(nextText({ say, next: 'transfer' })).toBe('Then hand the call over to a colleague.')
  expect(nextText({ say: [], next: 'transfer' })).toBe('Hand the call over to a colleague.')
  expect(nextText({ say, next: 'listen' })).toBe('Then listen to the customer.')
  expect(nextText({ say: [], next: 'listen' })).toBe('Listen to the customer.')
})

test('states of a call and of a part', () => {
  const labels = [
    callState({ isOver: false, next: 'listen' }),
    callState({ isOver: false, next: 'transfer' }),
    callState({ isOver: true, next: 'transfer' }),
    callState({ isOver: true, next: 'end' }),
  ]
  expect(labels.map(({ label }) => label)).toEqual(['In conversation', 'To be handed over', 'Handed over', 'Ended'])
  const parts = [partState('said', false), partState('said', true), partState('skipped', false)]
  expect(parts.map(({ label }) => label)).toEqual(['Said', 'Say now', 'Left out'])
})

test('each report of a call system has words, also one without speech', () => {
  expect(reportText({ report: 'turn', spoken: 'Yes' })).toBe('Yes')
  expect(reportText({ report: 'turn', spoken: '' })).toBe('The customer said something that was not understood.')
  expect(reportText({ report: 'interruption', spoken: 'This call' })).toBe(
    'The customer interrupted after “This call”.',
  )
  expect(findings({ intent: null, objection: 'price', confusedBy: 'answer:price' })).toEqual([
    ...['objects: price', 'did not understand: price'],
  ])
})

test('steps are in the order of the call, and ids of calls by hand differ and are recognised', () => {
  expect(inCallOrder([{ step: 2 }, { step: 1 }] as Step[]).map(({ step }) => step)).toEqual([1, 2])
  expect(newCallId()).not.toBe(newCallId())
  expect([isByHand(newCallId()), isByHand('call-1')]).toEqual([true, false])
})
