import { alertsRoute } from '../api/customers/alerts.ts'
import { customerRoute } from '../api/customers/customer.ts'
import { mergeRoute } from '../api/customers/merge.ts'
import { customersRoute } from '../api/customers/customers.ts'
import { personalDataRoutes } from '../api/customers/personal-data.ts'
import { featuresRoute } from '../api/customers/features.ts'
import { onlineFeaturesRoutes } from '../api/customers/online-features.ts'
import { timelineRoute } from '../api/customers/timeline.ts'
import { customerFeatures as featureSet } from '../features/customers/customer.ts'
import { customerFeaturesProcessor } from '../processors/customers/customer-features.ts'
import { linkAccounts } from '../processors/customers/link-accounts.ts'
import { alerts } from '../schemas/customers/alerts.ts'
import {
  accountLinks,
  accountTransactions,
  assets,
  creditLines,
  purchases,
  transactions,
} from '../schemas/customers/banking.ts'
import { customerFeatures } from '../schemas/customers/customer-features.ts'
import { interactions } from '../schemas/customers/interactions.ts'
import { profiles } from '../schemas/customers/profiles.ts'
import { profilesWriter, customerFeaturesWriter } from '../store/customers/customers.ts'
import { alertsWriter } from '../store/customers/alerts.ts'
import { customerPersons } from '../store/customers/persons.ts'
import type { Subject } from './subject.ts'

/** Who a customer is and what is known of them: profiles, movements of money, interactions, features, alerts. */
export const customers: Subject = {
  name: 'customers',
  topics: [
    transactions,
    accountTransactions,
    accountLinks,
    creditLines,
    assets,
    purchases,
    interactions,
    profiles,
    customerFeatures,
    alerts,
  ],
  featureSets: [featureSet],
  processors: [linkAccounts, customerFeaturesProcessor],
  writers: [profilesWriter, customerFeaturesWriter, alertsWriter],
  personTables: customerPersons,
  routes: [
    ...[customersRoute, customerRoute, featuresRoute, onlineFeaturesRoutes, timelineRoute, alertsRoute],
    personalDataRoutes,
    mergeRoute,
  ],
  liveTopics: [alerts],
}
