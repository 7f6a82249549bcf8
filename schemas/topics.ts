import { accountLinks, accountTransactions, assets, creditLines, purchases, transactions } from './banking.ts'
import { calls, clock, interactions, outcomes, profiles } from './contact-centre.ts'
import { dictionaries } from './dictionary.ts'
import { policies, releases, thresholds } from './globals.ts'
import { deadLetters, gaps, journal, misplacedRecords } from './platform.ts'
import { potentialCustomers } from './potential-customers.ts'
import { interests } from './interests.ts'
import { recommendations } from './recommendations.ts'
import { alerts, assessments, customerFeatures, priorities, priorityShares, scores, standings } from './scoring.ts'
import type { Topic } from './topic.ts'
import { turnAnalyses, turns } from './turns.ts'
import { contacts, opportunities, organisations, visits } from './visits.ts'

/** Every topic of the platform but the changelogs, which belong to their processors. */
export const topics: readonly Topic[] = [
  visits,
  opportunities,
  organisations,
  contacts,
  transactions,
  accountTransactions,
  accountLinks,
  creditLines,
  assets,
  purchases,
  calls,
  turns,
  interactions,
  profiles,
  outcomes,
  clock,
  customerFeatures,
  scores,
  standings,
  priorityShares,
  priorities,
  assessments,
  alerts,
  potentialCustomers,
  turnAnalyses,
  recommendations,
  interests,
  releases,
  policies,
  thresholds,
  dictionaries,
  deadLetters,
  gaps,
  journal,
  misplacedRecords,
]

export function topicNamed(name: string): Topic | undefined {
  return topics.find((topic) => topic.name === name)
}
