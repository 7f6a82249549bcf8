import { nextTurn, dialogueIntents, type DialogueContext } from '../../../simulator/calls/dialogue.ts'
import { random } from '../../../simulator/random.ts'

function said(context: DialogueContext, late = 0): Map<string, Map<string, number>> {
  const next = random('dialogue')
  const found = new Map<string, Map<string, number>>()
  for (let i = 0; i < 4_000; i++) {
    const { text, intent } = nextTurn(context, late, next)
    const of = found.get(text) ?? new Map<string, number>()
    found.set(text, of.set(intent, (of.get(intent) ?? 0) + 1))
  }
  return found
}
const mostly = (of: Map<string, number> | undefined) => [...of!].sort(([, one], [, other]) => other - one)[0]![0]

test('the same words refer to the previous request, or to what can be done at that hour', () => {
  const day = said({ lastIntent: 'transfer', lastSolved: true, hour: 10 })
  const night = said({ lastIntent: 'balance', lastSolved: false, hour: 22 })
  expect([mostly(day.get('跟刚才一样的事')), mostly(night.get('跟刚才一样的事'))]).toEqual(['transfer', 'balance'])
  expect([mostly(day.get('现在可以办吗')), mostly(night.get('现在可以办吗'))]).toEqual(['appointment', 'self service'])
  expect([day.has('还是不行啊'), mostly(night.get('还是不行啊'))]).toEqual([false, 'complaint'])
})

test('wording drifts, intents don’t', () => {
  const now = said({ lastIntent: null, lastSolved: null, hour: 10 })
  const later = said({ lastIntent: null, lastSolved: null, hour: 10 }, 1)
  const intentsOf = (of: Map<string, Map<string, number>>) =>
    new Set([...of.values()].flatMap((counts) => [...counts.keys()]))
  expect([...intentsOf(now)].sort()).toEqual(dialogueIntents.toSorted())
  expect([...intentsOf(later)].sort()).toEqual(dialogueIntents.toSorted())
  expect([...now.keys()].filter((text) => later.has(text)).every((text) => /现在|这会儿|马上/.test(text))).toBe(true)
})
