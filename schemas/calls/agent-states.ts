import { array, documented, event, identifier, int, map, timestamp, withDefault, type TypeOf } from '../avro/schema.ts'
import { between, itemsAtMost, oneOf } from '../rules.ts'
import { topic } from '../topic.ts'

const agentStatuses = ['available', 'busy', 'wrapping', 'offline'] as const

export const AgentState = event(
  'AgentState',
  'What an agent of a desk does at the moment, and what the agent can do. The latest of an agent and desk counts.',
  {
    desk: documented('The queues and agents that share work.', identifier),
    agentId: identifier,
    status: documented('Only `available` agents get calls.', oneOf(agentStatuses)),
    expiresAt: documented(
      'From then on the agent counts as offline, unless the state is told again; 24 hours after the event at the latest.',
      timestamp,
    ),
    capacity: documented(
      'How many calls the agent takes at once, those from elsewhere included.',
      withDefault(between(0, 50, int), 1),
    ),
    elsewhere: documented(
      'Calls that the agent has from elsewhere: another desk, a direct call.',
      withDefault(between(0, 50, int), 0),
    ),
    queues: documented(
      'Those that the agent works for; empty: the desk has no queues.',
      withDefault(itemsAtMost(50, array(identifier)), []),
    ),
    skills: withDefault(itemsAtMost(100, array(identifier)), []),
    languages: documented(
      'Language tags, compared without regard to case.',
      withDefault(itemsAtMost(50, array(identifier)), []),
    ),
    expertise: documented(
      'How well the agent knows an intent, 0 to 1; empty: not told, which counts as half.',
      withDefault(map(between(0, 1)), {}),
    ),
  },
)
export type AgentState = TypeOf<typeof AgentState>

export const agentStates = topic<AgentState>({
  name: 'agent-states',
  schema: AgentState,
  key: 'desk',
  keyOf: ({ desk }) => desk,
  retention: { days: 30 },
  role: 'input',
  producer: 'call system',
})
