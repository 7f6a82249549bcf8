import { Type, type Static } from 'typebox'
import { customerNames } from '../store/names.ts'
import { listScores, scoreHistory, type StoredScore } from '../store/scores.ts'
import { page } from './cursor.ts'
import { NamedRow, type RowNames } from './named-row.ts'
import type { ApiPorts } from './ports.ts'
import { problems } from './problem.ts'
import { nullable, pageOf, paging, Probability, Time } from './schema-parts.ts'
import type { Server } from './server.ts'

/** A score as it is told: with the model, and all that the model saw. */
export const Score = Type.Object({
  id: Type.String(),
  task: Type.String(),
  subjectId: Type.String({ description: 'The opportunity or the customer.' }),
  customerId: Type.String(),
  customerName: nullable(Type.String()),
  opportunityId: nullable(Type.String()),
  salespersonId: nullable(Type.String()),
  visitCount: nullable(Type.Integer()),
  probability: Probability,
  modelId: nullable(Type.String()),
  absent: nullable(Type.String(), 'Why there is no probability.'),
  occurredAt: Time,
  featureSet: Type.String(),
  row: NamedRow,
  text: nullable(Type.String(), 'The text that the model read, where it reads text.'),
  inputTopic: nullable(Type.String(), 'The record that caused the score; null for a sweep after a change of model or policy.'),
  inputPartition: nullable(Type.Integer()),
  inputOffset: nullable(Type.Integer()),
})
export type Score = Static<typeof Score>

export function scoreJson({ row, occurredAt, ...rest }: StoredScore, customerName: string | null, names: RowNames): Score {
  return { ...rest, customerName, occurredAt: occurredAt.toISOString(), row: names.name(rest.featureSet, row) }
}

const filters = {
  task: Type.Optional(Type.String()),
  customerId: Type.Optional(Type.String()),
  salespersonId: Type.Optional(Type.String()),
}
const newestFirst = ({ occurredAt, id }: StoredScore) => ({ at: occurredAt, id })

export function scoresRoutes(server: Server, { database }: ApiPorts, names: RowNames): void {
  const Page = pageOf(Score)
  const shown = async (rows: readonly StoredScore[]) => {
    const customers = await customerNames(
      database,
      rows.map(({ customerId }) => customerId),
    )
    return rows.map((score) => scoreJson(score, customers.get(score.customerId) ?? null, names))
  }
  server.get(
    '/scores',
    {
      schema: {
        tags: ['scores'],
        summary: 'The newest score of each subject, the latest first, with the row that its model saw',
        querystring: Type.Object({ ...filters, ...paging }, { additionalProperties: false }),
        response: { 200: Page, ...problems('invalid-request') },
      },
    },
    ({ query: { limit, after, ...filter } }) =>
      page({ limit, after }, (request) => listScores(database, filter, request), newestFirst, shown),
  )
  server.get(
    '/customers/:id/scores',
    {
      schema: {
        tags: ['customers'],
        summary: 'Every score ever served of a customer, the latest first',
        params: Type.Object({ id: Type.String() }),
        querystring: Type.Object(paging, { additionalProperties: false }),
        response: { 200: Page, ...problems('invalid-request') },
      },
    },
    ({ params, query }) => page(query, (request) => scoreHistory(database, params.id, request), newestFirst, shown),
  )
}
