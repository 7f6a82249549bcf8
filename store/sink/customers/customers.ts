import { profiles, type Profile } from '../../../schemas/customers/profiles.ts'
import { customerFeatures, type CustomerFeatures } from '../../../schemas/customers/customer-features.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const featureColumns = {
  customerId: 'text',
  featureSet: 'text',
  values: 'real[]',
  timeZone: 'text',
  featuresAt: 'time',
} as const satisfies Columns<ReturnType<typeof featuresOf>>

export const customerFeaturesWriter = sinkWriter({
  topic: customerFeatures,
  columns: featureColumns,
  rowOf: featuresOf,
  tables: [{ name: 'customers', key: ['customerId'], keep: { newestBy: ['featuresAt'] } }],
})

function featuresOf(features: CustomerFeatures) {
  return {
    customerId: features.customerId,
    featureSet: features.featureSet,
    values: features.values,
    timeZone: features.timeZone,
    featuresAt: features.occurredAt,
  }
}

const profileColumns = {
  customerId: 'text',
  name: 'text',
  sex: 'text',
  birthYear: 'integer',
  registeredPlace: 'text',
  residence: 'text',
  segment: 'text',
  attributes: 'jsonb',
  profileAt: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof profileOf>>

export const profilesWriter = sinkWriter({
  topic: profiles,
  columns: profileColumns,
  rowOf: profileOf,
  tables: [{ name: 'customers', key: ['customerId'], keep: { newestBy: ['profileAt'] } }],
})

function profileOf(profile: Profile) {
  return {
    customerId: profile.customerId,
    name: profile.name,
    sex: profile.sex,
    birthYear: profile.birthYear,
    registeredPlace: profile.registeredPlace,
    residence: profile.residence,
    segment: profile.segment,
    attributes: profile.attributes,
    profileAt: profile.occurredAt,
    source: profile.source,
  }
}
