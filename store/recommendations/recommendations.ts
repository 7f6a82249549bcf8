import { sql, type Selectable } from 'kysely'
import { RecommendedItem } from '../../schemas/recommendations/recommendations.ts'
import { array } from '../../schemas/avro/schema.ts'
import type { Contact, Organisation } from '../../schemas/recommendations/organisations.ts'
import type { Database } from '../database.ts'
import { readJson } from '../sql/read-json.ts'
import type { Tables } from '../tables.ts'

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
export async function recommendationOf(
  database: Database,
  customerId: string,
): Promise<StoredRecommendation | undefined> {
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
  const [organisation] = await organisationsOf(database, [customerId])
  return organisation
}

/** The organisations among these customers, unordered. */
export async function organisationsOf(
  database: Database,
  customerIds: readonly string[],
): Promise<StoredOrganisation[]> {
  const isAsked = sql<string>`any(${[...customerIds]})`
  const [organisations, contacts] = await Promise.all([
    database.selectFrom('organisations').selectAll().where('customer_id', '=', isAsked).execute(),
    database.selectFrom('contacts').selectAll().where('customer_id', '=', isAsked).orderBy('contact_id').execute(),
  ])
  const contactsOf = Map.groupBy(contacts, ({ customer_id }) => customer_id)
  return organisations.map((organisation) => ({
    organisation: organisationFrom(organisation),
    contacts: (contactsOf.get(organisation.customer_id) ?? []).map(contactFrom),
  }))
}

function organisationFrom(row: Selectable<Tables['organisations']>): Organisation {
  return {
    id: row.id,
    occurredAt: row.occurred_at.getTime(),
    source: row.source,
    organisationId: row.organisation_id,
    customerId: row.customer_id,
    name: row.name,
    fieldOfActivity: row.field_of_activity,
    segment: row.segment,
    employees: row.employees,
    region: row.region,
    attributes: row.attributes,
  }
}

function contactFrom(row: Selectable<Tables['contacts']>): Contact {
  return {
    id: row.id,
    occurredAt: row.occurred_at.getTime(),
    source: row.source,
    contactId: row.contact_id,
    organisationId: row.organisation_id,
    customerId: row.customer_id,
    name: row.name,
    role: row.role,
    interests: row.interests,
    categories: row.categories,
    seniority: row.seniority as Contact['seniority'],
    active: row.active,
  }
}
