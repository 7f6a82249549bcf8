import { turnFeatures } from '../../../../features/calls/turns.ts'
import { NONE_OF_THESE } from '../../../../models/conversation/intents.ts'
import { isFixed, textsOfTurns } from '../../../../retrainer/training/intents/intent-turns.ts'

const turn = (id: string, intent: string) => ({
  id,
  text: 'hello',
  context: { 'turn.hour': 9 },
  intent,
  saidAt: new Date(0),
  knownAt: new Date(1),
})

test('turns become rows of turn@1; a turn with none of the intents has no label', () => {
  const data = textsOfTurns([turn('a', 'card'), turn('b', NONE_OF_THESE), turn('c', 'balance')])
  expect([data.intents, [...data.labels]]).toEqual([
    ['balance', 'card'],
    [1, -1, 0],
  ])
  expect(data.rows[turnFeatures.names.indexOf('turn.hour')]).toBe(9)
  expect(data.rows[turnFeatures.names.indexOf('turn.weekday')]).toBeNaN()
  expect([...textsOfTurns([turn('a', 'card')], ['balance']).labels]).toEqual([-1])
})

test('about a fifth of the turns is fixed, always the same ones', () => {
  const fixed = Array.from({ length: 1_000 }, (_, i) => isFixed({ id: `o${i}` }))
  expect(fixed.filter(Boolean).length).toBeGreaterThan(150)
  expect(fixed.filter(Boolean).length).toBeLessThan(260)
  expect(fixed).toEqual(Array.from({ length: 1_000 }, (_, i) => isFixed({ id: `o${i}` })))
})
