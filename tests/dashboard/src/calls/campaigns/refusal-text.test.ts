import { ruleText, campaignBlockReason } from '../../../../../dashboard/src/calls/campaigns/refusal-text.ts'
import { contactChecks } from '../../../../../schemas/calls/contact-terms.ts'

test.each([...contactChecks])('the rule %s has words and advice of its own', (rule) => {
  expect(ruleText(rule).advice).not.toBe('')
})

test('a rule that the page does not know is named all the same', () => {
  expect(ruleText('night_rest')).toEqual({ label: 'Night rest', advice: '' })
})

test('what stops the campaign as a whole is named, the first cause first', () => {
  const funnel = (waiting: number, listed: number) => ({ listed, states: [{ state: 'waiting', customers: waiting }] })
  expect(campaignBlockReason('draft', funnel(1, 1))).toContain('not been started')
  expect(campaignBlockReason('paused', funnel(0, 0))).toContain('is paused')
  expect(campaignBlockReason('running', funnel(0, 0))).toContain('The list is empty')
  expect(campaignBlockReason('running', funnel(0, 4))).toContain('Nobody on the list is waiting')
  expect(campaignBlockReason('running', funnel(1, 4))).toBeUndefined()
})
