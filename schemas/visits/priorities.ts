import {
  array,
  boolean,
  documented,
  double,
  enumeration,
  event,
  int,
  nullable,
  record,
  string,
  timestamp,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { Outlook } from './outlook.ts'

export const PriorityEntry = record('PriorityEntry', 'One line of a priority list.', {
  opportunityId: string,
  customerId: string,
  salespersonId: string,
  probability: double,
  scoredAt: timestamp,
  rank: documented(
    'Place by probability, from 1 on, of equals the smaller id first; null: not among the hundred best.',
    nullable(int),
  ),
  valueRank: documented(
    'Place by expected value, of equals the higher probability and then the smaller id first; null: not among the hundred best.',
    nullable(int),
  ),
  outlook: documented('What speaks for a visit; null: told by an older version.', nullable(Outlook)),
})
export type PriorityEntry = TypeOf<typeof PriorityEntry>

const scope = enumeration('PriorityScope', ['salesperson', 'team', 'overall'])

export const PriorityShare = event(
  'PriorityShare',
  "One salesperson's best opportunities, for the list of a team or the overall list.",
  {
    scope,
    owner: documented('The team, or `all`.', string),
    salespersonId: string,
    entries: documented('All of them, or those that are new or other than before.', array(PriorityEntry)),
    isWhole: documented('Whether these are all, as they are told once a day.', withDefault(boolean, true)),
    goneIds: documented('Otherwise: opportunities that are among the best no more.', withDefault(array(string), [])),
    openCount: documented(
      'Ranked open opportunities of the salesperson; the entries may be fewer.',
      withDefault(int, 0),
    ),
  },
)
export type PriorityShare = TypeOf<typeof PriorityShare>

export const priorityShares = topic<PriorityShare>({
  name: 'priority-shares',
  schema: PriorityShare,
  key: 'scope:owner',
  keyOf: (share) => `${share.scope}:${share.owner}`,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-priority processor',
})

export const Priority = event('Priority', 'A list of whom to visit first, best first.', {
  scope,
  owner: documented('The salesperson, the team, or `all`.', string),
  entries: documented(
    'The hundred best by probability and the hundred best by expected value, in order of probability.',
    array(PriorityEntry),
  ),
  openCount: documented('Ranked open opportunities behind the list, which may be shorter.', int),
})
export type Priority = TypeOf<typeof Priority>

export const priorities = topic<Priority>({
  name: 'priorities',
  schema: Priority,
  key: 'scope:owner',
  keyOf: (priority) => `${priority.scope}:${priority.owner}`,
  retention: 'compacted',
  role: 'output',
  producer: 'visit-priority and priority-merge processors',
})
