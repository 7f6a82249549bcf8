import { RecommendedItem } from '../schemas/recommendations.ts'
import { array } from '../schemas/schema.ts'
import type { Contact, Organisation } from '../schemas/visits.ts'
import type { Database } from './database.ts'
import { readJson } from './read-json.ts'

export interface StoredRecommendation {
  readonly id: string
  readonly customerId: string
  readonly stage: string
  readonly items: readonly RecommendedItem[]
  readonly threshold: number
  readonly modelId: string | null
  readonly modelDictionaryVersion: number | null
  readonly dictionaryVersion: number
  readonly unknownToModel: readonly string[]
  readonly absent: string | null
  readonly occurredAt: Date
}

/** The list that holds for an organisation now. */
export async function recommendationOf(database: Database, customerId: string): Promise<StoredRecommendation | undefined> {
  const rows = await database
    .selectFrom('recommendations')
    .select([
      'id',
      'customer_id as customerId',
      'stage',
      'items',
      'threshold',
      'model_id as modelId',
      'model_dictionary_version as modelDictionaryVersion',
      'dictionary_version as dictionaryVersion',
      'unknown_to_model as unknownToModel',
      'absent',
      'occurred_at as occurredAt',
    ])
    .where('customer_id', '=', customerId)
    .execute()
  return readJson(rows, { items: array(RecommendedItem) })[0]
}

/** The organisation behind a customer, with its contact persons, those who have left too. */
export interface StoredOrganisation {
  readonly organisation: Organisation
  readonly contacts: readonly Contact[]
}

export async function organisationOf(database: Database, customerId: string): Promise<StoredOrganisation | undefined> {
  const [organisation, contacts] = await Promise.all([
    database.selectFrom('organisations').selectAll().where('customer_id', '=', customerId).executeTakeFirst(),
    database.selectFrom('contacts').selectAll().where('customer_id', '=', customerId).orderBy('contact_id').execute(),
  ])
  if (organisation === undefined) return undefined
  return {
    organisation: {
      id: organisation.id,
      occurredAt: organisation.occurred_at.getTime(),
      source: organisation.source,
      organisationId: organisation.organisation_id,
      customerId,
      name: organisation.name,
      fieldOfActivity: organisation.field_of_activity,
      segment: organisation.segment,
      employees: organisation.employees,
      region: organisation.region,
      attributes: organisation.attributes,
    },
    contacts: contacts.map((contact) => ({
      id: contact.id,
      occurredAt: contact.occurred_at.getTime(),
      source: contact.source,
      contactId: contact.contact_id,
      organisationId: contact.organisation_id,
      customerId,
      name: contact.name,
      role: contact.role,
      interests: contact.interests,
      categories: contact.categories,
      seniority: contact.seniority as Contact['seniority'],
      active: contact.active,
    })),
  }
}
