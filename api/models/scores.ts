import { Type, type Static } from 'typebox'
import { Score as ScoreRecord } from '../../schemas/models/scores.ts'
import type { Reader } from '../../store/database.ts'
import { listScores, scoreHistory, type ListedScore } from '../../store/models/scores.ts'
import { responseFields } from '../http/response-fields.ts'
import { newestFirst } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { withCustomerNames } from '../customers/named-rows.ts'
import { NamedRow, type RowNames } from './named-row.ts'
import type { RouteContext } from '../routes.ts'
import { CustomerName } from '../http/personal.ts'
import { filter, Name, Probability } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

/** Schema of a score with its model and, on request, the row and text that the model saw. */
export const Score = Type.Object({
  ...responseFields(ScoreRecord, ['source', 'lineTimes', 'row', 'text']),
  customerName: CustomerName,
  probability: Probability,
  row: Type.Optional(NamedRow),
  text: Type.Optional(responseFields(ScoreRecord).text),
})
export type Score = Static<typeof Score>

export function scoreJson(score: ListedScore, customerName: string | null, names: RowNames): Score {
  const { row, text, occurredAt, ...rest } = score
  const seen = row === undefined || text === undefined ? {} : { row: names.name(rest.featureSet, row), text }
  return { ...rest, customerName, occurredAt: occurredAt.toISOString(), ...seen }
}

const rows = Type.Optional(
  Type.Boolean({
    default: false,
    description: 'Whether to include the rows and texts that the models saw, which are long.',
  }),
)

export function scoresRoutes(server: Server, { database, tasks, names }: RouteContext): void {
  const task = Type.Optional(Type.Enum(tasks.map(({ name }) => name)))
  const shared = {
    tag: 'scores',
    access: 'read-customers',
    item: Score,
    cursor: newestFirst(({ id }: ListedScore) => id),
    toItems: (reader: Reader, scores: readonly ListedScore[]) =>
      withCustomerNames(reader, scores, (score, name) => scoreJson(score, name, names)),
  } as const
  listRoutes(server, database, {
    ...shared,
    path: '/scores',
    summary: 'The newest score of each subject, newest first',
    filters: { task, customerId: filter(), salespersonId: filter(), rows },
    load: (reader, { rows, ...filter }, request) => listScores(reader, filter, { ...request, rows }),
  })
  listRoutes(server, database, {
    ...shared,
    path: '/customers/:id/scores',
    tag: 'customers',
    summary: 'All scores served for a customer, newest first',
    params: Type.Object({ id: Name }),
    filters: {
      task,
      subjectId: filter(),
      until: Type.Optional(Type.String({ format: 'date-time', description: 'Event time, inclusive.' })),
      rows,
    },
    load: (reader, { id, until, rows, ...filter }, request) =>
      scoreHistory(
        reader,
        id,
        { ...filter, ...(until === undefined ? {} : { until: new Date(until) }) },
        { ...request, rows },
      ),
  })
}
