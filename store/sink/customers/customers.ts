import { profiles, type Profile } from '../../../schemas/customers/profiles.ts'
import { customerFeatures, type CustomerFeatures } from '../../../schemas/customers/customer-features.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const featureColumns = {
  customer_id: 'text',
  feature_set: 'text',
  values: 'real[]',
  time_zone: 'text',
  features_at: 'time',
} as const satisfies Columns<ReturnType<typeof featuresOf>>

export const customerFeaturesWriter = sinkWriter({
  topic: customerFeatures,
  columns: featureColumns,
  rowOf: featuresOf,
  tables: [{ name: 'customers', key: ['customer_id'], keep: { newestBy: ['features_at'] } }],
})

function featuresOf(features: CustomerFeatures) {
  return {
    customer_id: features.customerId,
    feature_set: features.featureSet,
    values: features.values,
    time_zone: features.timeZone,
    features_at: features.occurredAt,
  }
}

const profileColumns = {
  customer_id: 'text',
  name: 'text',
  sex: 'text',
  birth_year: 'integer',
  registered_place: 'text',
  residence: 'text',
  segment: 'text',
  attributes: 'jsonb',
  profile_at: 'time',
  source: 'text',
} as const satisfies Columns<ReturnType<typeof profileOf>>

export const profilesWriter = sinkWriter({
  topic: profiles,
  columns: profileColumns,
  rowOf: profileOf,
  tables: [{ name: 'customers', key: ['customer_id'], keep: { newestBy: ['profile_at'] } }],
})

function profileOf(profile: Profile) {
  return {
    customer_id: profile.customerId,
    name: profile.name,
    sex: profile.sex,
    birth_year: profile.birthYear,
    registered_place: profile.registeredPlace,
    residence: profile.residence,
    segment: profile.segment,
    attributes: profile.attributes,
    profile_at: profile.occurredAt,
    source: profile.source,
  }
}
