import { stageNamed } from '../../../features/recommendations/stage.ts'
import type { NextAction } from '../../../schemas/visits/outlook.ts'
import type { OpportunityFacts } from './opportunity-facts.ts'
import { wholeDays } from './urgency.ts'

/** Smallest change of the probability that is mentioned. */
export const TREND_MIN = 0.05

interface Rule extends NextAction {
  readonly when: string
  holds(known: OpportunityFacts, daysSince: number): boolean
}

/** Rules for the suggested action: the first one that holds applies. Days are whole days since the last visit. */
export const actionRules: readonly Rule[] = [
  {
    code: 'first-visit',
    when: 'nobody was there yet',
    text: 'Make the first visit.',
    holds: ({ lastVisitAt }) => lastVisitAt === null,
  },
  {
    code: 'keep-promise',
    when: 'the last report names an agreed next contact, or what the customer waits for',
    text: 'Do what was agreed on the last visit.',
    holds: ({ agreed }) => agreed !== null,
  },
  {
    code: 'ask-for-decision',
    when: 'the planned close has passed',
    text: 'The planned close has passed: ask for the decision, or correct the date.',
    holds: ({ plannedCloseAt, at }) => plannedCloseAt !== null && plannedCloseAt <= at,
  },
  {
    code: 'bring-offer',
    when: 'the stage is contract',
    text: 'Bring the contract, ready to be signed.',
    holds: ({ stage }) => stage !== null && stageNamed(stage) === 'contract',
  },
  {
    code: 'ask-what-changed',
    when: 'the last visit lowered the probability by 5 points or more',
    text: 'Ask what has changed: the last visit went worse than the one before.',
    holds: ({ trend }) => trend !== null && trend <= -TREND_MIN,
  },
  {
    code: 'visit-this-week',
    when: 'the last visit raised it by 5 points or more, and was 7 days ago or longer',
    text: 'Visit this week, while the interest is fresh.',
    holds: ({ trend }, days) => trend !== null && trend >= TREND_MIN && days >= 7,
  },
  {
    code: 'renew-contact',
    when: 'the last visit was 30 days ago or longer',
    text: 'Renew the contact before it is lost.',
    holds: (_, days) => days >= 30,
  },
  {
    code: 'reconsider',
    when: 'five visits or more, and the probability is below 20 %',
    text: 'Decide whether to go on: many visits have moved little.',
    holds: ({ visitCount, probability }) => visitCount >= 5 && probability !== null && probability < 0.2,
  },
  {
    code: 'wait',
    when: 'the last visit was less than 3 days ago',
    text: 'Give it a few days: the last visit was just now.',
    holds: (_, days) => days < 3,
  },
  { code: 'go-on', when: 'otherwise', text: 'Visit in its turn.', holds: () => true },
]

export function nextAction(known: OpportunityFacts): NextAction {
  const days = known.lastVisitAt === null ? 0 : wholeDays(known.lastVisitAt, known.at)
  const { code, text } = actionRules.find((rule) => rule.holds(known, days))!
  return { code, text }
}
