import type { RoutingPlan } from '../../../schemas/calls/routing-plans.ts'
import { routingPlans } from '../../../schemas/calls/routing-plans.ts'
import { versionedSetting } from '../../../schemas/platform/versioned-setting.ts'
import { builtInPlan } from './default-plan.ts'

export const routingPlanSetting = versionedSetting({
  name: 'routing plan',
  path: '/routing-plans',
  doc: 'How a desk gives calls to queues and agents (docs/routing.md). `default` is for desks without a plan of their own.',
  topic: routingPlans,
  key: 'desk',
  open: true,
  defaults: new Map([['default', builtInPlan]]),
  required: [
    'release',
    'weights',
    'steps',
    'prioritySeconds',
    'offerSeconds',
    'avoidSeconds',
    'wrapUpSeconds',
    'talkSecondsMax',
    'waitSecondsMax',
  ],
  validate: validateRoutingPlan,
})

function validateRoutingPlan({ weights, steps }: Pick<RoutingPlan, 'weights' | 'steps'>): string | undefined {
  if (weights.expertise + weights.load + weights.performance === 0)
    return 'One of the weights of `expertise`, `load` and `performance` must be above 0: otherwise all score alike.'
  if (steps.length === 0 || steps[0]!.afterSeconds !== 0)
    return 'The first step of `steps` says who is considered at once: its `afterSeconds` is 0.'
  for (const [place, step] of steps.entries()) {
    const before = steps[place - 1]
    if (before === undefined) continue
    if (step.afterSeconds <= before.afterSeconds)
      return `Step ${place} of \`steps\` comes after ${step.afterSeconds} seconds, which is not later than the one before it.`
    if (step.expertiseMin > before.expertiseMin || (before.otherQueues && !step.otherQueues))
      return `Step ${place} of \`steps\` leaves out agents whom the one before it considers: steps widen.`
  }
  return undefined
}
