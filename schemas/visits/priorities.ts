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
import { byFields } from '../persons.ts'

export const PriorityEntry = record('PriorityEntry', 'One line of a priority list.', {
  opportunityId: string,
  customerId: string,
  salespersonId: string,
  probability: double,
  scoredAt: timestamp,
  rank: documented(
    'Rank by probability, from 1, ties by smaller id; null if not among the hundred best.',
    nullable(int),
  ),
  valueRank: documented(
    'Rank by expected value, from 1, ties by higher probability and then by smaller id; null if not among the hundred best.',
    nullable(int),
  ),
  outlook: documented('Reasons for a visit; null if published by an older version.', nullable(Outlook)),
})
export type PriorityEntry = TypeOf<typeof PriorityEntry>

const scope = enumeration('PriorityScope', ['salesperson', 'team', 'overall'])

export const PriorityShare = event(
  'PriorityShare',
  "One salesperson's best opportunities, for the list of a team or the overall list.",
  {
    scope,
    owner: documented('Team, or `all`.', string),
    salespersonId: string,
    entries: documented('All entries, or only new and changed ones.', array(PriorityEntry)),
    isWhole: documented('Whether these are all entries, which are published once a day.', withDefault(boolean, true)),
    goneIds: documented(
      'If these are not all entries: opportunities that are no longer among the best.',
      withDefault(array(string), []),
    ),
    openCount: documented(
      'Number of ranked open opportunities of the salesperson; there may be fewer entries.',
      withDefault(int, 0),
    ),
  },
)
export type PriorityShare = TypeOf<typeof PriorityShare>

export const priorityShares = topic<PriorityShare>({
  name: 'priority-shares',
  schema: PriorityShare,
  key: 'scope:owner',
  persons: byFields('entries[].customerId'),
  keyOf: (share) => `${share.scope}:${share.owner}`,
  retention: { days: 30 },
  role: 'output',
  producer: 'visit-priority processor',
})

export const Priority = event('Priority', 'A list of opportunities to visit, the best first.', {
  scope,
  owner: documented('Salesperson, team, or `all`.', string),
  entries: documented(
    'The hundred best entries by probability and the hundred best by expected value, in order of probability.',
    array(PriorityEntry),
  ),
  openCount: documented('Number of ranked open opportunities; the list may be shorter.', int),
})
export type Priority = TypeOf<typeof Priority>

export const priorities = topic<Priority>({
  name: 'priorities',
  schema: Priority,
  key: 'scope:owner',
  persons: byFields('entries[].customerId'),
  keyOf: (priority) => `${priority.scope}:${priority.owner}`,
  retention: 'compacted',
  role: 'output',
  producer: 'visit-priority and priority-merge processors',
})
