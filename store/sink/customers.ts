import { profiles, type Profile } from '../../schemas/contact-centre.ts'
import { customerFeatures, type CustomerFeatures } from '../../schemas/scoring.ts'
import { newestOfEach, replaceOn, writeRows, type Columns } from '../write-rows.ts'
import { sinkWriter, valuesOf } from './writer.ts'

const featureColumns = {
  customer_id: 'text',
  feature_set: 'text',
  values: 'real[]',
  time_zone: 'text',
  features_at: 'time',
} as const satisfies Columns<ReturnType<typeof featuresOf>>

export const customerFeaturesWriter = sinkWriter<CustomerFeatures>({
  topic: customerFeatures,
  async write(transaction, events) {
    const rows = newestOfEach(
      valuesOf(events).map(featuresOf),
      ({ customer_id }) => customer_id,
      (row, held) => row.features_at >= held.features_at,
    )
    const newer = 'customers.features_at is null or customers.features_at <= excluded.features_at'
    await writeRows(transaction, 'customers', featureColumns, rows, replaceOn(['customer_id'], featureColumns, newer))
  },
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

export const profilesWriter = sinkWriter<Profile>({
  topic: profiles,
  async write(transaction, events) {
    const rows = newestOfEach(
      valuesOf(events).map(profileOf),
      ({ customer_id }) => customer_id,
      (row, held) => row.profile_at >= held.profile_at,
    )
    const newer = 'customers.profile_at is null or customers.profile_at <= excluded.profile_at'
    await writeRows(transaction, 'customers', profileColumns, rows, replaceOn(['customer_id'], profileColumns, newer))
  },
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
