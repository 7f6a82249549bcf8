import { defaultPlan } from '../../../../processors/calls/routing/default-plan.ts'
import { routingPlanSetting } from '../../../../processors/calls/routing/routing-plan-setting.ts'
import { routingPlans } from '../../../../schemas/calls/routing-plans.ts'
import { checkEvent } from '../../../../schemas/check-event.ts'

const refuses = (value: object) => routingPlanSetting.validate!({ ...defaultPlan, ...value } as never, undefined)
const step = (afterSeconds: number, expertiseMin: number, otherQueues: boolean) => ({
  ...{ afterSeconds, expertiseMin, otherQueues },
})

test('the delivered plan is whole, and changes nothing by scores', () => {
  const value = routingPlanSetting.defaults.get('default')!
  expect(value).toMatchObject({ release: 'EVALUATION' })
  expect(refuses({})).toBeUndefined()
  const event = { id: 'x', occurredAt: 0, source: 'x', desk: 'default', version: 1, changedBy: 'x', ...value }
  checkEvent(routingPlans, event as never, { key: 'default', writtenAt: 0 })
})

test.each([
  [{ weights: { expertise: 0, load: 0, performance: 0, known: 1 } }, /must be above 0/],
  [{ steps: [] }, /`afterSeconds` is 0/],
  [{ steps: [step(5, 0, true)] }, /`afterSeconds` is 0/],
  [{ steps: [step(0, 0.5, false), step(0, 0, true)] }, /Step 1 of `steps` comes after 0 seconds/],
  [{ steps: [step(0, 0.2, false), step(9, 0.4, true)] }, /Step 1 of `steps` leaves out agents/],
  [{ steps: [step(0, 0.2, true), step(9, 0.2, false)] }, /Step 1 of `steps` leaves out agents/],
])('a plan that contradicts itself is refused: %#', (changes, told) => {
  expect(refuses(changes)).toMatch(told)
})
