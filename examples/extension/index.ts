import type { Extension } from 'scoreline/extensions'
import { atNight } from './at-night.ts'
import { loyaltyApp } from './loyalty-app.ts'
import { loyaltyFeatures } from './loyalty-features.ts'
import { loyaltyLevel } from './loyalty-level.ts'
import { loyaltyLevels, loyaltyPoints } from './loyalty-topics.ts'

/** Everything that the bank adds to the platform. */
export const extension: Extension = {
  name: 'loyalty',
  topics: [loyaltyPoints, loyaltyLevels],
  featureSets: [loyaltyFeatures],
  processors: [loyaltyLevel],
  detectors: [atNight],
  webhookSources: { 'loyalty-app': loyaltyApp },
}
