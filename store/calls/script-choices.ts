import { sql } from 'kysely'
import { ScriptChoice, scriptChoices } from '../../schemas/calls/script-choices.ts'
import type { Reader } from '../database.ts'
import { sinkWriter } from '../sink/writer.ts'
import type { PageRequest } from '../sql/page.ts'
import { rowsOf, type RowOf } from '../sql/record-rows.ts'

const choiceRows = rowsOf(ScriptChoice)
export type ChoiceRow = RowOf<typeof choiceRows>

declare module '../tables.ts' {
  interface Tables {
    script_choices: ChoiceRow
  }
}

export const scriptChoicesWriter = sinkWriter({
  topic: scriptChoices,
  rows: choiceRows,
  tables: [{ name: 'script_choices', key: ['callId'], keep: 'first' }],
})

export interface ChoiceFilter {
  readonly customerId?: string
  readonly targetGroup?: string
  readonly template?: string
}

/** Lists script choices, newest first. */
export async function listChoices(
  database: Reader,
  { customerId, targetGroup, template }: ChoiceFilter,
  { limit, after }: PageRequest,
): Promise<ChoiceRow[]> {
  let query = database
    .selectFrom('script_choices')
    .select(choiceRows.fields)
    .orderBy('occurredAt', 'desc')
    .orderBy('callId', 'desc')
    .limit(limit)
  if (customerId !== undefined) query = query.where('customerId', '=', customerId)
  if (targetGroup !== undefined) query = query.where('targetGroup', '=', targetGroup)
  if (template !== undefined) query = query.where('template', '=', template)
  if (after !== undefined)
    query = query.where(sql<boolean>`(occurred_at, call_id) < (${after.at}::timestamptz, ${after.id})`)
  return choiceRows.read(await query.execute())
}
