import type { Page } from '../page.ts'
import { LOANS } from './loans-text.ts'
import { PotentialCustomers } from './potential-customers.tsx'
import { ThresholdCard } from './threshold-card.tsx'

/** Page for loan managers: who is likely to need a loan, and from which estimate on a customer is on the list. */
export const loansPage: Page = { path: LOANS, title: 'loans.loans', View: LoansPage }

function LoansPage() {
  return (
    <div class="loans">
      <PotentialCustomers />
      <ThresholdCard />
    </div>
  )
}
