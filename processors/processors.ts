import { callConversion } from './call-conversion.ts'
import { conversion } from './conversion.ts'
import { customerFeaturesProcessor } from './customer-features.ts'
import { dormantCustomers } from './dormant-customers.ts'
import { interestsProcessor } from './interests.ts'
import { linkAccounts } from './link-accounts.ts'
import { loanDemand } from './loan-demand.ts'
import { opportunityStandings } from './opportunity-standings.ts'
import { priorityMerge } from './priority-merge.ts'
import type { Processor } from './processor.ts'
import { recommendationsProcessor } from './recommendations.ts'
import { turnAnalysis } from './turn-analysis.ts'
import { visitAssessment } from './visit-assessment.ts'
import { visitPriority } from './visit-priority.ts'

/** Every processor that the platform runs. */
export const processors: readonly Processor[] = [
  linkAccounts,
  customerFeaturesProcessor,
  loanDemand,
  callConversion,
  conversion,
  opportunityStandings,
  visitPriority,
  priorityMerge,
  visitAssessment,
  dormantCustomers,
  turnAnalysis,
  recommendationsProcessor,
  interestsProcessor,
]
