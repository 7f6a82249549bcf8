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
import { byFields } from '../persons.ts'

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
  expertise: documented('Expertise in the intent, 0 to 1.', double),
  load: documented('Share of the capacity in use, 0 to 1; the score counts 1 − load.', double),
  performance: documented('Share of earlier calls that were solved, 0 to 1.', double),
  known: documented('Whether the customer knows the agent, or one of the queue.', boolean),
}
const QueueCandidate = record('QueueCandidate', 'A queue that could take the call, with the parts of its score.', parts)
const AgentCandidate = record('AgentCandidate', 'An agent who could take the call, with the parts of the score.', parts)
export type RoutingCandidate = TypeOf<typeof AgentCandidate>

export const RoutingDecision = event(
  'RoutingDecision',
  'A change of the state of a call at a desk, with the scores behind it.',
  {
    desk: identifier,
    requestId: identifier,
    callId: identifier,
    customerId: identifier,
    state: documented(
      'waiting; for its reservation pending, accepted, rejected, timeout, rescinded, wrapping or completed; withdrawn, given-up: the call no longer waits; refused: the desk is full; late: an answer to a reservation that has ended.',
      string,
    ),
    reason: documented('Explanation in words.', string),
    reservationId: nullable(string),
    agentId: nullable(string),
    queue: nullable(string),
    dueAt: documented(
      'When the desk next reconsiders the call by itself: the offer times out, or more agents are considered.',
      nullable(timestamp),
    ),
    waitedMs: documented('Time since the call asked for an agent, in ms.', double),
    offers: documented('Number of times the call was offered.', int),
    step: documented('Widening step of the plan, from 0.', int),
    intent: nullable(string),
    priority: int,
    decidedBy: documented('score or longest-idle; null if no agent was chosen.', nullable(string)),
    release: documented('Release of the plan: NONE, EVALUATION or ACTIVE.', string),
    planVersion: int,
    weights: documented('Weights of the score; null if nothing was scored.', nullable(RoutingWeights)),
    scoredAgentId: documented(
      'Agent with the highest score; in EVALUATION another agent may have got the call.',
      nullable(string),
    ),
    considered: documented('Number of agents who could take the call.', int),
    queues: documented(`Best queues, at most ${CANDIDATES_MAX}.`, array(QueueCandidate)),
    agents: documented(`Best agents of the best queue, at most ${CANDIDATES_MAX}.`, array(AgentCandidate)),
  },
)
export type RoutingDecision = TypeOf<typeof RoutingDecision>

export const routingDecisions = topic<RoutingDecision>({
  name: 'routing-decisions',
  schema: RoutingDecision,
  key: 'desk',
  persons: byFields('customerId'),
  keyOf: ({ desk }) => desk,
  retention: { days: 90 },
  role: 'output',
  producer: 'routing processor',
})
