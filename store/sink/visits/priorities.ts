import { priorities, type Priority } from '../../../schemas/visits/priorities.ts'
import type { Columns } from '../../sql/write-rows.ts'
import { sinkWriter } from '../writer.ts'

const priorityColumns = {
  scope: 'text',
  owner: 'text',
  entries: 'jsonb',
  openCount: 'integer',
  occurredAt: 'time',
} as const satisfies Columns<ReturnType<typeof priorityOf>>

/**
 * One task publishes all that concerns one list, in order: the last published state wins, regardless of event times.
 */
export const prioritiesWriter = sinkWriter({
  topic: priorities,
  columns: priorityColumns,
  rowOf: priorityOf,
  tables: [{ name: 'priorities', key: ['scope', 'owner'], keep: 'last' }],
})

function priorityOf({ scope, owner, entries, openCount, occurredAt }: Priority) {
  return { scope, owner, entries, openCount: openCount, occurredAt: occurredAt }
}
