import { array, boolean, documented, event, identifier, int, record, string, type TypeOf } from '../avro/schema.ts'
import { between, itemsAtMost, oneOf, wordsUpTo } from '../rules.ts'
import { globalTopic } from '../topic.ts'

/**
 * `NONE`: the agent who has been free longest gets the call. `EVALUATION`: the same, and the scores are recorded.
 * `ACTIVE`: the scores decide.
 */
const routingReleases = ['NONE', 'EVALUATION', 'ACTIVE'] as const

const HOUR_SECONDS = 3_600

export const RoutingWeights = record('RoutingWeights', 'What each part of a score counts.', {
  expertise: documented('How well the agent knows what the customer wants.', between(0, 1)),
  load: documented('How much of the agent’s or queue’s time is free.', between(0, 1)),
  performance: documented('The share of earlier calls in which the request was solved.', between(0, 1)),
  known: documented('Added where the customer knows the agent.', between(0, 1)),
})
export type RoutingWeights = TypeOf<typeof RoutingWeights>

export const WideningStep = record('WideningStep', 'Who is considered once a call has waited so long.', {
  afterSeconds: between(0, HOUR_SECONDS, int),
  expertiseMin: documented('What an agent must know of the intent, 0 to 1.', between(0, 1)),
  otherQueues: documented('Agents of other queues than the one that was asked for are considered too.', boolean),
})
export type WideningStep = TypeOf<typeof WideningStep>

export const RoutingPlan = event('RoutingPlan', 'How a desk gives its calls to queues and agents.', {
  desk: documented('The desk; `default` is for desks without a plan of their own.', identifier),
  version: int,
  description: wordsUpTo(1_000),
  release: documented(
    'NONE: the agent who has been free longest gets the call. EVALUATION: the same, and what the scores would have done is on record. ACTIVE: the scores decide.',
    oneOf(routingReleases),
  ),
  weights: RoutingWeights,
  steps: documented('Widening steps, the first from 0 seconds on.', itemsAtMost(10, array(WideningStep))),
  prioritySeconds: documented(
    'A call of one priority more goes before calls that have waited so much longer.',
    between(0, 600, int),
  ),
  offerSeconds: documented('An agent who has not answered by then loses the offer.', between(1, 300, int)),
  avoidSeconds: documented(
    'For so long a call is not offered again to an agent who did not take it.',
    between(0, HOUR_SECONDS, int),
  ),
  wrapUpSeconds: documented('A wrap-up ends by then, whatever is told.', between(0, HOUR_SECONDS, int)),
  talkSecondsMax: documented('A call ends by then, if nobody tells its end.', between(60, 12 * HOUR_SECONDS, int)),
  waitSecondsMax: documented('A call that has waited so long is given up.', between(10, 4 * HOUR_SECONDS, int)),
  changedBy: string,
})
export type RoutingPlan = TypeOf<typeof RoutingPlan>

export const routingPlans = globalTopic<RoutingPlan>({
  name: 'routing-plans',
  schema: RoutingPlan,
  key: 'desk',
  keyOf: ({ desk }) => desk,
  versionOf: ({ version }) => version,
  producer: 'API',
})
