import { nullable, string } from '../../schemas/avro/schema.ts'
import { Case, CaseAfter, CaseBefore, cases } from '../../schemas/visits/cases.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const caseRows = rowsOf(Case, {
  without: ['source', 'change'],
  derived: {
    act: { schema: string, of: ({ change }) => change.kind },
    actId: { schema: nullable(string), of: ({ change }) => change.actId },
    actBy: { schema: nullable(string), of: ({ change }) => change.by },
    actNote: { schema: nullable(string), of: ({ change }) => change.note },
    refusal: { schema: nullable(string), of: ({ change }) => change.refusal },
    before: { schema: nullable(CaseBefore), of: ({ change }) => change.before },
    after: { schema: CaseAfter, of: ({ change }) => change.after },
  },
})
type CaseRow = RowOf<typeof caseRows>

const LOGGED = ['act', 'actId', 'actBy', 'actNote', 'refusal', 'before', 'after'] as const
const actFields = ['id', 'visitId', 'customerId', 'step', 'revision', ...LOGGED, 'occurredAt'] as const
type Logged = (typeof LOGGED)[number]
const caseFields = caseRows.fields.filter(
  (field): field is Exclude<keyof CaseRow & string, Logged> => !(LOGGED as readonly string[]).includes(field),
)

export type StoredCase = Omit<CaseRow, Logged>
export type StoredCaseAct = Pick<CaseRow, (typeof actFields)[number]>

declare module '../tables.ts' {
  interface Tables {
    cases: StoredCase
    case_acts: StoredCaseAct
  }
}

/** One task publishes the states of a visit's case in order, so the last published one wins. */
export const casesWriter = sinkWriter({
  topic: cases,
  rows: caseRows,
  tables: [
    { name: 'case_acts', key: ['id'], keep: 'first', columns: [...actFields] },
    { name: 'cases', key: ['visitId'], keep: 'last', columns: caseFields },
  ],
})

export async function caseOf(database: Reader, visitId: string): Promise<StoredCase | undefined> {
  const rows = await database.selectFrom('cases').select(caseFields).where('visitId', '=', visitId).execute()
  return caseRows.read(rows)[0]
}

/** Returns the newest `limit` acts on the case, oldest first. */
export async function actsOfCase(database: Reader, visitId: string, limit: number): Promise<StoredCaseAct[]> {
  const rows = await database
    .selectFrom('case_acts')
    .select(actFields)
    .where('visitId', '=', visitId)
    .orderBy('step', 'desc')
    .limit(limit)
    .execute()
  return caseRows.read(rows).reverse()
}

/** Returns the logged acts with these ids, with their results. */
export async function actsWithIds(database: Reader, actIds: readonly string[]): Promise<StoredCaseAct[]> {
  if (actIds.length === 0) return []
  const rows = await database.selectFrom('case_acts').select(actFields).where('actId', 'in', actIds).execute()
  return caseRows.read(rows)
}

/** Parses selected rows with the current schemas. */
export const readCases = <Row extends object>(rows: readonly Row[]): Row[] => caseRows.read(rows)
