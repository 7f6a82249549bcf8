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
      'customerId',
      'stage',
      'items',
      'threshold',
      'modelId',
      'modelDictionaryVersion',
      'dictionaryVersion',
      'unknownToModel',
      'absent',
      'occurredAt',
    ])
    .where('customerId', '=', customerId)
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
    database.selectFrom('organisations').selectAll().where('customerId', '=', isAsked).execute(),
    database.selectFrom('contacts').selectAll().where('customerId', '=', isAsked).orderBy('contactId').execute(),
  ])
  const contactsOf = Map.groupBy(contacts.map(contactFrom), ({ customerId }) => customerId)
  return organisations.map((organisation) => ({
    organisation: { ...organisation, occurredAt: organisation.occurredAt.getTime() },
    contacts: contactsOf.get(organisation.customerId) ?? [],
  }))
}

function contactFrom(row: Selectable<Tables['contacts']>): Contact {
  return { ...row, occurredAt: row.occurredAt.getTime(), seniority: row.seniority as Contact['seniority'] }
}
