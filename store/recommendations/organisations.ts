import { sql } from 'kysely'
import { Contact, contacts, Organisation, organisations } from '../../schemas/recommendations/organisations.ts'
import type { Database } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const organisationRows = rowsOf(Organisation)
const contactRows = rowsOf(Contact)

declare module '../tables.ts' {
  interface Tables {
    organisations: RowOf<typeof organisationRows>
    contacts: RowOf<typeof contactRows>
  }
}

/** The latest event time wins, then the larger id, as in the processors. */
const keep = { newestBy: ['occurredAt', 'id'] } as const

export const organisationsWriter = sinkWriter({
  topic: organisations,
  rows: organisationRows,
  tables: [{ name: 'organisations', key: ['customerId'], keep }],
})

export const contactsWriter = sinkWriter({
  topic: contacts,
  rows: contactRows,
  tables: [{ name: 'contacts', key: ['customerId', 'contactId'], keep }],
})

/** A customer's organisation with its contact persons, including those who have left. */
export interface StoredOrganisation {
  readonly organisation: Organisation
  readonly contacts: readonly Contact[]
}

export async function organisationOf(database: Database, customerId: string): Promise<StoredOrganisation | undefined> {
  const [organisation] = await organisationsOf(database, [customerId])
  return organisation
}

/** Returns the organisations among these customers, unordered. */
export async function organisationsOf(
  database: Database,
  customerIds: readonly string[],
): Promise<StoredOrganisation[]> {
  const isAsked = sql<string>`any(${[...customerIds]})`
  const [found, persons] = await Promise.all([
    database.selectFrom('organisations').selectAll().where('customerId', '=', isAsked).execute(),
    database.selectFrom('contacts').selectAll().where('customerId', '=', isAsked).orderBy('contactId').execute(),
  ])
  const contactsOf = Map.groupBy(persons.map(contactFrom), ({ customerId }) => customerId)
  return found.map((organisation) => ({
    organisation: { ...organisation, occurredAt: organisation.occurredAt.getTime() },
    contacts: contactsOf.get(organisation.customerId) ?? [],
  }))
}

function contactFrom(row: RowOf<typeof contactRows>): Contact {
  return { ...row, occurredAt: row.occurredAt.getTime(), seniority: row.seniority as Contact['seniority'] }
}
