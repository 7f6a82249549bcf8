import { alerts } from './customers/alerts.ts'
import { assessments } from './visits/assessments.ts'
import { accountLinks, accountTransactions, assets, creditLines, purchases, transactions } from './customers/banking.ts'
import { calls } from './calls/calls.ts'
import { clock } from './platform/clock.ts'
import { customerFeatures } from './customers/customer-features.ts'
import { dictionaries } from './recommendations/dictionary.ts'
import { interactions } from './customers/interactions.ts'
import { interests } from './recommendations/interests.ts'
import { outcomes } from './models/outcomes.ts'
import { deadLetters, gaps, journal, misplacedRecords } from './platform/platform.ts'
import { policies } from './visits/policies.ts'
import { potentialCustomers } from './loans/potential-customers.ts'
import { priorities, priorityShares } from './visits/priorities.ts'
import { profiles } from './customers/profiles.ts'
import { recommendations } from './recommendations/recommendations.ts'
import { releases } from './models/releases.ts'
import { scores } from './models/scores.ts'
import { standings } from './visits/standings.ts'
import { thresholds } from './loans/thresholds.ts'
import type { Topic } from './topic.ts'
import { turnAnalyses, turns } from './calls/turns.ts'
import { contacts, opportunities, organisations, visits } from './visits/visits.ts'

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
