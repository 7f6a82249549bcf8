import { Type, type Static } from 'typebox'
import { listTrainings, requestTraining, triggerKinds, type StoredTraining } from '../../store/models/trainings.ts'
import { byNumber } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, nullable, Text, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy, ChangeReason } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'

const Training = Type.Object({
  id: Type.Integer(),
  task: Type.String(),
  trigger: Type.Enum([...triggerKinds], {
    description:
      'first: the task had no model; schedule, labels, drift: the retrainer decided; request: a person asked for it; command: `scoreline train`.',
  }),
  why: Type.String({ description: 'What the trigger saw, or the reason that a person gave.' }),
  requestedBy: nullable(Type.String()),
  requestedAt: Time,
  state: Type.Enum(['requested', 'running', 'ended', 'failed']),
  attempts: Type.Integer({ description: 'How often it was started; its process may have ended in the middle.' }),
  startedAt: nullable(Time),
  endedAt: nullable(Time),
  labels: nullable(Type.Integer(), 'Training labels of the task when it began.'),
  labelsKnownTo: nullable(Time, 'When the newest of them had become known.'),
  result: nullable(Type.String(), 'The result in words; for a failed training, the cause.'),
  modelId: nullable(Type.String()),
  promoted: nullable(Type.Boolean()),
})

const Request = Type.Object(
  {
    task: Type.String({ ...Text, minLength: 1, maxLength: 200 }),
    reason: ChangeReason,
    requestedBy: ChangedBy,
  },
  { additionalProperties: false },
)

/** Routes that list trainings and ask the retrainer for one. */
export function trainingsRoutes(server: Server, { database, tasks }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/trainings',
    access: 'read-models',
    tag: 'models',
    summary: 'Trainings with their triggers and results, newest first',
    filters: { task: filter() },
    item: Training,
    cursor: byNumber(({ id }: StoredTraining) => id),
    load: listTrainings,
    toItems: (_reader, rows) => rows.map(trainingJson),
  })
  server.post(
    '/trainings',
    {
      config: { access: 'write-settings' },
      schema: {
        tags: ['models'],
        summary:
          'Asks the retrainer to train a task; it begins within seconds, after trainings that were asked for earlier',
        body: Request,
        response: { 202: Training, ...problems('invalid-request', 'forbidden-origin', 'not-found') },
      },
    },
    async ({ body: { task, reason, requestedBy } }, reply) => {
      if (!tasks.some(({ name }) => name === task)) {
        const known = tasks.map(({ name }) => name).join(', ')
        throw new ProblemError('not-found', `There is no task ${JSON.stringify(task)}. Tasks: ${known}.`)
      }
      const requested = await requestTraining(database, { task, reason: reason.trim(), by: requestedBy })
      return reply.code(202).send(trainingJson(requested))
    },
  )
}

function trainingJson({
  requestedAt,
  startedAt,
  endedAt,
  labelsKnownTo,
  ...rest
}: StoredTraining): Static<typeof Training> {
  return {
    ...rest,
    requestedAt: requestedAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    labelsKnownTo: labelsKnownTo?.toISOString() ?? null,
  }
}
