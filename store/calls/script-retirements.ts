import { sql } from 'kysely'
import { ScriptRetirement, scriptRetirements } from '../../schemas/calls/script-retirements.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const retirementRows = rowsOf(ScriptRetirement)
export type RetirementRow = RowOf<typeof retirementRows>

declare module '../tables.ts' {
  interface Tables {
    script_retirements: RetirementRow
  }
}

export const scriptRetirementsWriter = sinkWriter({
  topic: scriptRetirements,
  rows: retirementRows,
  tables: [{ name: 'script_retirements', key: ['id'], keep: 'first' }],
})

export interface RetirementFilter {
  readonly template?: string
  readonly targetGroup?: string
  readonly decision?: string
}

/** Lists decisions on retirement, newest first. */
export async function listRetirements(
  database: Reader,
  { template, targetGroup, decision }: RetirementFilter,
  { limit, after }: PageRequest,
): Promise<RetirementRow[]> {
  let query = database
    .selectFrom('script_retirements')
    .select(retirementRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
  if (template !== undefined) query = query.where('template', '=', template)
  if (targetGroup !== undefined) query = query.where('targetGroup', '=', targetGroup)
  if (decision !== undefined) query = query.where('decision', '=', decision)
  if (after !== undefined)
    query = query.where(sql<boolean>`(occurred_at, id) < (${after.at}::timestamptz, ${after.id})`)
  return retirementRows.read(await query.execute())
}

export type CurrentRetirement = Pick<
  RetirementRow,
  'targetGroup' | 'template' | 'templateVersion' | 'decision' | 'number' | 'decided' | 'occurredAt'
>

/** Returns the newest decision on each script version for each group. */
export async function currentRetirements(database: Reader): Promise<readonly CurrentRetirement[]> {
  const { rows } = await sql<CurrentRetirement>`
    select distinct on (target_group, template, template_version) target_group, template, template_version, decision,
      number, decided, occurred_at
    from script_retirements order by target_group, template, template_version, number desc`.execute(database)
  return rows
}
