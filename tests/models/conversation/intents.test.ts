import { OUT_OF_SCOPE, rankIntents } from '../../../models/conversation/intents.ts'

test('the highest is the intent, unless it is none of them', () => {
  const outputs = ['a', 'b', OUT_OF_SCOPE]
  expect(rankIntents(outputs, [0.2, 0.5, 0.3], 1)).toEqual({
    intent: 'b',
    intents: [{ intent: 'b', probability: 0.5 }],
  })
  expect(rankIntents(outputs, [0.2, 0.1, 0.7], 9)).toEqual({
    intent: null,
    intents: [
      { intent: 'a', probability: 0.2 },
      { intent: 'b', probability: 0.1 },
    ],
  })
  expect(rankIntents([], [], 3)).toEqual({ intent: null, intents: [] })
})
