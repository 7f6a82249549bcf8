import {
  array,
  boolean,
  documented,
  double,
  event,
  identifier,
  int,
  nullable,
  record,
  string,
  timestamp,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { RoutingWeights } from './routing-plans.ts'

/** State of a call, or of its reservation of an agent. */
export type RoutingState =
  | 'waiting'
  | 'pending'
  | 'accepted'
  | 'rejected'
  | 'timeout'
  | 'rescinded'
  | 'wrapping'
  | 'completed'
  | 'withdrawn'
  | 'given-up'
  | 'refused'
  | 'late'

export const CANDIDATES_MAX = 5

/** The parts of a score. */
const parts = {
  name: string,
  score: double,
  expertise: documented('0 … 1.', double),
  load: documented('0 … 1; the score counts 1 − load.', double),
  performance: documented('0 … 1.', double),
  known: documented('The customer knows the agent, or one of the queue.', boolean),
}
const QueueCandidate = record('QueueCandidate', 'A queue that could take the call, with the parts of its score.', parts)
const AgentCandidate = record('AgentCandidate', 'An agent who could take the call, with the parts of the score.', parts)
export type RoutingCandidate = TypeOf<typeof AgentCandidate>

export const RoutingDecision = event('RoutingDecision', 'What became of a call at a desk, and by which scores.', {
  desk: identifier,
  requestId: identifier,
  callId: identifier,
  customerId: identifier,
  state: documented(
    'waiting; of a reservation pending, accepted, rejected, timeout, rescinded, wrapping, completed; withdrawn, given-up: the call waits no more; refused: the desk holds as many calls as it can; late: an answer to a reservation that is none any more.',
    string,
  ),
  reason: documented('In words.', string),
  reservationId: nullable(string),
  agentId: nullable(string),
  queue: nullable(string),
  dueAt: documented(
    'When the desk looks at the call again by itself: the offer times out, more agents are considered.',
    nullable(timestamp),
  ),
  waitedMs: documented('Since the call asked for an agent.', double),
  offers: documented('So many times it was offered.', int),
  step: documented('The widening step of the plan, from 0 on.', int),
  intent: nullable(string),
  priority: int,
  decidedBy: documented('score or longest-idle, if an agent was chosen.', nullable(string)),
  release: documented('Of the plan: NONE, EVALUATION or ACTIVE.', string),
  planVersion: int,
  weights: documented('null: nothing was scored.', nullable(RoutingWeights)),
  scoredAgentId: documented(
    'Whom the scores would choose; in EVALUATION somebody else may have got the call.',
    nullable(string),
  ),
  considered: documented('So many agents could take the call.', int),
  queues: documented(`The best ones, at most ${CANDIDATES_MAX}.`, array(QueueCandidate)),
  agents: documented(`The best ones of the best queue, at most ${CANDIDATES_MAX}.`, array(AgentCandidate)),
})
export type RoutingDecision = TypeOf<typeof RoutingDecision>

export const routingDecisions = topic<RoutingDecision>({
  name: 'routing-decisions',
  schema: RoutingDecision,
  key: 'desk',
  keyOf: ({ desk }) => desk,
  retention: { days: 90 },
  role: 'output',
  producer: 'routing processor',
})
