import { potentialCustomersRoute } from '../api/loans/potential-customers.ts'
import { thresholdPreviewRoute } from '../api/loans/threshold-preview.ts'
import { customerFeatures } from '../features/customers/customer.ts'
import { dormantCustomers } from '../processors/loans/dormant-customers.ts'
import { thresholdSetting } from '../processors/loans/threshold-setting.ts'
import { potentialCustomers } from '../schemas/loans/potential-customers.ts'
import { thresholds } from '../schemas/loans/thresholds.ts'
import { potentialCustomersWriter } from '../store/loans/potential-customers.ts'
import { loanPersons } from '../store/loans/persons.ts'
import type { Subject } from './subject.ts'

/** Who will need a loan, and who has gone quiet. */
export const loans: Subject = {
  name: 'loans',
  topics: [potentialCustomers, thresholds],
  processors: [dormantCustomers],
  learnableTasks: [{ task: 'loan-demand', features: customerFeatures, algorithm: 'linear' }],
  settings: [thresholdSetting],
  writers: [potentialCustomersWriter],
  personTables: loanPersons,
  routes: [potentialCustomersRoute, thresholdPreviewRoute],
}
