import { message, type Message } from '../../schemas/topic.ts'
import type { Outlook } from '../../schemas/visits/outlook.ts'
import { priorities, priorityShares, type Priority } from '../../schemas/visits/priorities.ts'
import { standings, type Standing } from '../../schemas/visits/standings.ts'
import type { Topic } from '../../schemas/topic.ts'
import { START } from './scoring-fixtures.ts'

export function outlook(expectedValueMinor: number, changes: Partial<Outlook> = {}): Outlook {
  return {
    visitCount: 1,
    lastVisitAt: START,
    trend: null,
    probabilityAssumed: false,
    worthMinor: 100_000,
    worthFrom: 'told',
    currency: 'CNY',
    urgency: 1,
    expectedValueMinor,
    reasons: ['Visited once.'],
    action: { code: 'go-on', text: 'Visit in its turn.' },
    ...changes,
  }
}

export function standing(opportunityId: string, probability: number | null, changes: Partial<Standing> = {}): Message {
  return message(standings, {
    id: `${opportunityId}/${probability}/${changes.salespersonId ?? 's1'}`,
    occurredAt: START,
    source: 'test',
    opportunityId,
    customerId: 'c1',
    salespersonId: 's1',
    teamId: 't1',
    open: true,
    probability,
    outlook: probability === null ? null : outlook(Math.round(probability * 100_000)),
    ...changes,
  })
}

export function inputsOf(messages: readonly Message[], topic: Topic) {
  return messages.filter((one) => one.topic === topic).map(({ value }) => ({ topic, value }))
}

/** Returns the last list of each scope and owner. */
export function listsOf(messages: readonly Message[]): Map<string, Priority> {
  const lists = new Map<string, Priority>()
  for (const { topic, key, value } of messages) if (topic === (priorities as Topic)) lists.set(key, value as Priority)
  return lists
}

export const shares = priorityShares as Topic
