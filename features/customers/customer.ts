import { assetFeatures } from '../loans/assets.ts'
import { callFeatures } from '../calls/calls.ts'
import { creditLineFeatures } from '../loans/credit-lines.ts'
import { interactionFeatures } from './interactions.ts'
import { joinFeatureSets } from '../join-feature-sets.ts'
import { profileFeatures } from './profile.ts'
import { purchaseFeatures } from './purchases.ts'
import { transactionFeatures } from './transactions.ts'

/** Features of a customer from all topics. */
export const customerFeatures = joinFeatureSets('customer', 1, [
  profileFeatures,
  transactionFeatures,
  assetFeatures,
  creditLineFeatures,
  purchaseFeatures,
  interactionFeatures,
  callFeatures,
])
