import { ruleWords, standstill } from '../../../../../dashboard/src/calls/campaigns/refusal-words.ts'
import { contactChecks } from '../../../../../schemas/calls/contact-terms.ts'

test.each([...contactChecks])('the rule %s has its own wording and advice', (rule) => {
  expect(ruleWords(rule).advice).not.toBe('')
})

test('a rule that the page does not know is still named', () => {
  expect(ruleWords('night_rest')).toEqual({ words: 'Night rest', advice: '' })
})

test('what stops the campaign as a whole is named, the first cause first', () => {
  const funnel = (waiting: number, listed: number) => ({ listed, states: [{ state: 'waiting', customers: waiting }] })
  expect(standstill('draft', funnel(1, 1))).toContain('not been started')
  expect(standstill('paused', funnel(0, 0))).toContain('is paused')
  expect(standstill('running', funnel(0, 0))).toContain('The list is empty')
  expect(standstill('running', funnel(0, 4))).toContain('Nobody on the list is waiting')
  expect(standstill('running', funnel(1, 4))).toBeUndefined()
})
