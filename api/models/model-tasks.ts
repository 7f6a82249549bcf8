import { Type } from 'typebox'
import { DAY_MS } from '../../schemas/durations.ts'
import { isDate } from '../../schemas/iso-date.ts'
import { lineageOf } from '../../store/models/lineage.ts'
import { freezeOf, listActs, liveBetween, liveModels } from '../../store/models/model-acts.ts'
import { shadowComparisons } from '../../store/models/shadow-scores.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, Name, nullable, Probability, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { Act, actJson, Live, Model, modelJson } from './model-schemas.ts'

/** Number of acts shown with each task. */
const ACTS_MAX = 50
const tags = ['models']
const config = { access: 'read-models' } as const

/** Routes that show which models are live, and where scores come from. */
export function modelTasksRoutes(server: Server, ports: ApiPorts): void {
  tasksRoute(server, ports)
  liveOnRoute(server, ports)
  lineageRoute(server, ports)
}

function tasksRoute(server: Server, { database, tasks }: ApiPorts): void {
  const Shadow = Type.Object({
    modelId: Type.String(),
    scores: Type.Integer({ description: 'Number of subjects that it has scored.' }),
    meanScore: Type.Number(),
    meanLiveScore: nullable(Type.Number()),
    meanDistance: nullable(Type.Number(), 'Mean distance of its scores from the live ones of the same rows.'),
  })
  const Task = Type.Object({
    task: Type.String(),
    live: Live,
    frozen: Type.Union([Act, Type.Null()], { description: 'The act that froze it; null if it is not frozen.' }),
    shadows: Type.Array(Shadow),
    acts: Type.Array(Act, { description: 'What was done with its models, newest first.' }),
  })
  server.get(
    '/model-tasks',
    {
      config,
      schema: {
        tags,
        summary: 'The live models of each task, and what was done with its models',
        response: { 200: Type.Object({ items: Type.Array(Task) }) },
      },
    },
    async () => ({
      items: await Promise.all(
        tasks.map(async ({ name: task }) => {
          const freeze = await freezeOf(database, task)
          const live = await liveModels(database, task)
          return {
            task,
            live: { ...live, shadows: [...live.shadows] },
            frozen: freeze === undefined ? null : actJson(freeze),
            shadows: (await shadowComparisons(database, task)).filter(({ modelId }) => live.shadows.includes(modelId)),
            acts: (await listActs(database, task, ACTS_MAX)).map(actJson),
          }
        }),
      ),
    }),
  )
}

function liveOnRoute(server: Server, { database, modelLife }: ApiPorts): void {
  const Span = Type.Object({
    task: Type.String(),
    from: Time,
    to: nullable(Time, 'Exclusive; null: until now.'),
    live: Live,
    by: Type.String(),
    reason: Type.String(),
    scoredBy: nullable(
      Type.String(),
      'The model that scored the customer, canaries included; null without a customer.',
    ),
  })
  server.get(
    '/model-tasks/live-on',
    {
      config,
      schema: {
        tags,
        summary: 'The models that were live on a day, and which of them scored a customer',
        querystring: Type.Object(
          {
            date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Day in UTC, such as 2026-11-30.' }),
            task: filter(),
            customerId: filter('Says which of the live models scored this customer.'),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ items: Type.Array(Span) }), ...problems('invalid-request') },
      },
    },
    async ({ query: { date, task, customerId } }) => {
      const from = dayOf(date)
      const spans = await liveBetween(database, from, new Date(from.getTime() + DAY_MS), task)
      return {
        items: spans.map(({ live, from: since, to, ...span }) => ({
          ...span,
          from: since.toISOString(),
          to: to?.toISOString() ?? null,
          live: { ...live, shadows: [...live.shadows] },
          scoredBy: customerId === undefined ? null : modelLife.scoredBy(live, customerId),
        })),
      }
    },
  )
}

/** Returns the beginning of a day. Throws a problem for a day that the calendar does not have. */
function dayOf(date: string): Date {
  if (isDate(date)) return new Date(`${date}T00:00:00Z`)
  const problem = `It is ${JSON.stringify(date)}, but must be a day such as 2026-11-30.`
  throw new ProblemError('invalid-request', 'The query is invalid.', [{ part: 'query', path: '/date', problem }])
}

function lineageRoute(server: Server, { database }: ApiPorts): void {
  const Score = Type.Object({
    id: Type.String(),
    task: Type.String(),
    subjectId: Type.String(),
    customerId: Type.String(),
    occurredAt: Time,
    probability: Probability,
    modelId: nullable(Type.String()),
    absent: nullable(Type.String()),
  })
  server.get(
    '/customers/:customerId/lineage',
    {
      config: { access: 'read-customers' },
      schema: {
        tags,
        summary: 'Where a score comes from: model, training rows, code version, and who put the model into use',
        params: Type.Object({ customerId: Name }),
        querystring: Type.Object(
          {
            task: Type.String({ minLength: 1 }),
            subjectId: filter('The opportunity or the customer that was scored; by default the last one.'),
            until: Type.Optional(
              Type.String({ format: 'date-time', description: 'The newest score up to this time.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ score: Score, model: Type.Union([Model, Type.Null()]), acts: Type.Array(Act) }),
          ...problems('not-found'),
        },
      },
    },
    async ({ params: { customerId }, query: { task, subjectId, until } }) => {
      const request = { customerId, task, subjectId, until: until === undefined ? undefined : new Date(until) }
      const lineage = await lineageOf(database, request)
      if (lineage === undefined)
        throw new ProblemError('not-found', `${task} has no score of the customer ${JSON.stringify(customerId)} then.`)
      const { score, model, acts } = lineage
      const { id, subjectId: subject, occurredAt, probability, modelId, absent } = score
      return {
        score: {
          ...{ id, task, subjectId: subject, customerId, probability, modelId, absent },
          occurredAt: occurredAt.toISOString(),
        },
        model: model && modelJson(model),
        acts: acts.map(actJson),
      }
    },
  )
}
