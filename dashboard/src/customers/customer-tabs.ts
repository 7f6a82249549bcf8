import { customerCall } from '../calls/customer-call.tsx'
import { customerVisits } from '../visits/customer-visits.tsx'
import { customerFeatures } from './customer-features.tsx'
import { customerOverview } from './customer-overview.tsx'
import { customerScores } from './customer-scores.tsx'
import { customerWhatIf } from './customer-what-if.tsx'
import type { CustomerTab } from './customer-tab.ts'

/** Every tab of a customer, in order; the first is open initially. */
export const customerTabs: readonly [CustomerTab, ...CustomerTab[]] = [
  customerOverview,
  customerScores,
  customerFeatures,
  customerVisits,
  customerCall,
  customerWhatIf,
]
