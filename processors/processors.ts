import { callConversion } from './calls/call-conversion.ts'
import { conversion } from './visits/conversion.ts'
import { customerFeaturesProcessor } from './customers/customer-features.ts'
import { dormantCustomers } from './loans/dormant-customers.ts'
import { interestsProcessor } from './recommendations/interests.ts'
import { linkAccounts } from './customers/link-accounts.ts'
import { loanDemand } from './loans/loan-demand.ts'
import { opportunityStandings } from './visits/opportunity-standings.ts'
import { priorityMerge } from './visits/priority-merge.ts'
import type { Processor } from './processor.ts'
import { recommendationsProcessor } from './recommendations/recommendations.ts'
import { turnAnalysis } from './calls/turn-analysis.ts'
import { visitAssessment } from './visits/visit-assessment.ts'
import { visitPriority } from './visits/visit-priority.ts'

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
