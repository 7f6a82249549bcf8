import { Type, type Static } from 'typebox'
import { Score as ScoreRecord } from '../../schemas/models/scores.ts'
import { customerNames } from '../../store/customers/names.ts'
import { listScores, scoreHistory, type ListedScore } from '../../store/models/scores.ts'
import { answerFields } from '../http/answer-fields.ts'
import { page } from '../http/cursor.ts'
import { NamedRow, type RowNames } from './named-row.ts'
import type { RouteContext } from '../routes.ts'
import { problems } from '../http/problem.ts'
import { filter, Name, nullable, pageOf, paging, Probability } from '../http/schema-parts.ts'
import { plainJson, type Server } from '../http/server.ts'

/** A score in answers: with its model and, where asked for, everything the model saw. */
export const Score = Type.Object({
  ...answerFields(ScoreRecord, ['source', 'lineTimes', 'row', 'text']),
  customerName: nullable(Type.String()),
  probability: Probability,
  row: Type.Optional(NamedRow),
  text: Type.Optional(answerFields(ScoreRecord).text),
})
export type Score = Static<typeof Score>

export function scoreJson(score: ListedScore, customerName: string | null, names: RowNames): Score {
  const { row, text, occurredAt, ...rest } = score
  const seen = row === undefined || text === undefined ? {} : { row: names.name(rest.featureSet, row), text }
  return { ...rest, customerName, occurredAt: occurredAt.toISOString(), ...seen }
}

const rows = Type.Optional(
  Type.Boolean({ default: false, description: 'Whether to add what the models saw: rows and texts, which are long.' }),
)
const ofNewest = { customerId: filter(), salespersonId: filter(), rows, ...paging }
const ofHistory = {
  subjectId: filter(),
  until: Type.Optional(Type.String({ format: 'date-time', description: 'Event time, inclusive.' })),
  rows,
  ...paging,
}
const newestFirst = ({ occurredAt, id }: ListedScore) => ({ at: occurredAt, id })

export function scoresRoutes(server: Server, { database, tasks, names }: RouteContext): void {
  const task = Type.Optional(Type.Enum(tasks.map(({ name }) => name)))
  const Page = pageOf(Score)
  const shown = async (scores: readonly ListedScore[]) => {
    const customers = await customerNames(
      database,
      scores.map(({ customerId }) => customerId),
    )
    return scores.map((score) => scoreJson(score, customers.get(score.customerId) ?? null, names))
  }
  server.get(
    '/scores',
    {
      config: { access: 'read-customers' },
      serializerCompiler: plainJson,
      schema: {
        tags: ['scores'],
        summary: 'The newest score of each subject, newest first',
        querystring: Type.Object({ task, ...ofNewest }, { additionalProperties: false }),
        response: { 200: Page, ...problems('invalid-request', 'not-found') },
      },
    },
    ({ query: { limit, after, rows, ...filter } }) =>
      page({ limit, after }, (request) => listScores(database, filter, { ...request, rows }), newestFirst, shown),
  )
  server.get(
    '/customers/:id/scores',
    {
      config: { access: 'read-customers' },
      serializerCompiler: plainJson,
      schema: {
        tags: ['customers'],
        summary: 'All scores served for a customer, newest first',
        params: Type.Object({ id: Name }),
        querystring: Type.Object({ task, ...ofHistory }, { additionalProperties: false }),
        response: { 200: Page, ...problems('invalid-request', 'not-found') },
      },
    },
    ({ params, query: { limit, after, rows, until, ...filter } }) =>
      page(
        { limit, after },
        (request) =>
          scoreHistory(
            database,
            params.id,
            { ...filter, ...(until === undefined ? {} : { until: new Date(until) }) },
            { ...request, rows },
          ),
        newestFirst,
        shown,
      ),
  )
}
