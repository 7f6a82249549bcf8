import { alerts } from './alerts.ts'
import { assessments } from './assessments.ts'
import { accountLinks, accountTransactions, assets, creditLines, purchases, transactions } from './banking.ts'
import { calls } from './calls.ts'
import { clock } from './clock.ts'
import { customerFeatures } from './customer-features.ts'
import { dictionaries } from './dictionary.ts'
import { interactions } from './interactions.ts'
import { interests } from './interests.ts'
import { outcomes } from './outcomes.ts'
import { deadLetters, gaps, journal, misplacedRecords } from './platform.ts'
import { policies } from './policies.ts'
import { potentialCustomers } from './potential-customers.ts'
import { priorities, priorityShares } from './priorities.ts'
import { profiles } from './profiles.ts'
import { recommendations } from './recommendations.ts'
import { releases } from './releases.ts'
import { scores } from './scores.ts'
import { standings } from './standings.ts'
import { thresholds } from './thresholds.ts'
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
