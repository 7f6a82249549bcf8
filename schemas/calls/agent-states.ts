import { array, documented, event, identifier, int, map, timestamp, withDefault, type TypeOf } from '../avro/schema.ts'
import { between, itemsAtMost, oneOf } from '../rules.ts'
import { topic } from '../topic.ts'
import { noPersons } from '../persons.ts'

const agentStatuses = ['available', 'busy', 'wrapping', 'offline'] as const

export const AgentState = event(
  'AgentState',
  'Current status and abilities of an agent at a desk. The latest event per agent and desk applies.',
  {
    desk: documented('The desk: queues and agents that share work.', identifier),
    agentId: identifier,
    status: documented('Status of the agent; only `available` agents get calls.', oneOf(agentStatuses)),
    expiresAt: documented(
      'When the state expires: the agent then counts as offline unless a newer state has arrived. At most 24 hours after the event.',
      timestamp,
    ),
    capacity: documented(
      'Maximum number of simultaneous calls, those from elsewhere included.',
      withDefault(between(0, 50, int), 1),
    ),
    elsewhere: documented(
      'Number of calls that the agent has from elsewhere: another desk, or a direct call.',
      withDefault(between(0, 50, int), 0),
    ),
    queues: documented(
      'Queues that the agent works for; empty if the desk has no queues.',
      withDefault(itemsAtMost(50, array(identifier)), []),
    ),
    skills: withDefault(itemsAtMost(100, array(identifier)), []),
    languages: documented(
      'Languages of the agent as language tags; case does not matter.',
      withDefault(itemsAtMost(50, array(identifier)), []),
    ),
    expertise: documented(
      'Expertise of the agent by intent, 0 to 1; empty if unknown, which counts as 0.5.',
      withDefault(map(between(0, 1)), {}),
    ),
  },
)
export type AgentState = TypeOf<typeof AgentState>

export const agentStates = topic<AgentState>({
  name: 'agent-states',
  schema: AgentState,
  key: 'desk',
  persons: noPersons('agents of the bank'),
  keyOf: ({ desk }) => desk,
  retention: { days: 30 },
  role: 'input',
  producer: 'call system',
})
