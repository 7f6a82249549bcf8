import { assetFeatures } from './assets.ts'
import { callFeatures } from './calls.ts'
import { creditLineFeatures } from './credit-lines.ts'
import { interactionFeatures } from './interactions.ts'
import { joinFeatureSets } from './join-feature-sets.ts'
import { profileFeatures } from './profile.ts'
import { purchaseFeatures } from './purchases.ts'
import { transactionFeatures } from './transactions.ts'

/** All that is known of a customer from every topic that tells of them. */
export const customerFeatures = joinFeatureSets('customer', 1, [
  profileFeatures,
  transactionFeatures,
  assetFeatures,
  creditLineFeatures,
  purchaseFeatures,
  interactionFeatures,
  callFeatures,
])
