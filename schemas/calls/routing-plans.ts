import { array, boolean, documented, event, identifier, int, record, string, type TypeOf } from '../avro/schema.ts'
import { between, itemsAtMost, oneOf, textUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'
import { settingOfTheBank } from '../persons.ts'

/**
 * `NONE`: the agent who has been free longest gets the call. `EVALUATION`: the same, and the scores are recorded.
 * `ACTIVE`: the scores decide.
 */
const routingReleases = ['NONE', 'EVALUATION', 'ACTIVE'] as const

const HOUR_SECONDS = 3_600

export const RoutingWeights = record('RoutingWeights', 'Weights of the parts of a score.', {
  expertise: documented('Weight of the agent’s expertise in what the customer wants.', between(0, 1)),
  load: documented('Weight of the free share of the agent’s or queue’s capacity.', between(0, 1)),
  performance: documented('Weight of the share of earlier calls in which the request was solved.', between(0, 1)),
  known: documented('Bonus if the customer knows the agent.', between(0, 1)),
})
export type RoutingWeights = TypeOf<typeof RoutingWeights>

export const WideningStep = record('WideningStep', 'Agents who are considered once a call has waited for this long.', {
  afterSeconds: between(0, HOUR_SECONDS, int),
  expertiseMin: documented('Minimum expertise of an agent in the intent, 0 to 1.', between(0, 1)),
  otherQueues: documented('Whether agents of other queues than the requested one are considered too.', boolean),
})
export type WideningStep = TypeOf<typeof WideningStep>

export const RoutingPlan = event('RoutingPlan', 'How a desk routes its calls to queues and agents.', {
  desk: documented('The desk; `default` applies to desks without a plan of their own.', identifier),
  version: int,
  description: textUpTo(1_000),
  release: documented(
    'NONE: the agent who has been free longest gets the call. EVALUATION: the same, and the choice of the scores is recorded. ACTIVE: the scores decide.',
    oneOf(routingReleases),
  ),
  weights: RoutingWeights,
  steps: documented('Widening steps, the first at 0 seconds.', itemsAtMost(10, array(WideningStep))),
  prioritySeconds: documented('Seconds of waiting that one level of priority is worth.', between(0, 600, int)),
  offerSeconds: documented('Seconds after which an unanswered offer times out.', between(1, 300, int)),
  avoidSeconds: documented(
    'Seconds for which a call is not offered again to an agent who did not take it.',
    between(0, HOUR_SECONDS, int),
  ),
  wrapUpSeconds: documented('Maximum duration of a wrap-up, in seconds.', between(0, HOUR_SECONDS, int)),
  talkSecondsMax: documented(
    'Seconds after which a conversation without a reported end counts as ended.',
    between(60, 12 * HOUR_SECONDS, int),
  ),
  waitSecondsMax: documented(
    'Maximum waiting time in seconds, after which a call is given up.',
    between(10, 4 * HOUR_SECONDS, int),
  ),
  changedBy: string,
})
export type RoutingPlan = TypeOf<typeof RoutingPlan>

export const routingPlans = globalTopic<RoutingPlan>({
  name: 'routing-plans',
  schema: RoutingPlan,
  key: 'desk',
  persons: settingOfTheBank,
  keyOf: ({ desk }) => desk,
  versionOf: ({ version }) => version,
  producer: 'API',
})
