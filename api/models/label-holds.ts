import { Type, type Static } from 'typebox'
import { listHolds, releaseHold, type LabelHold } from '../../store/models/label-holds.ts'
import { byNumber } from '../http/cursor.ts'
import { listRoutes } from '../http/list-routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { ChangedBy, ChangeReason } from '../http/versions.ts'
import type { ApiPorts } from '../ports.ts'

const Hold = Type.Object({
  id: Type.Integer(),
  task: Type.String(),
  kind: Type.Enum(['source', 'reviewer'], { description: 'What `name` names.' }),
  name: Type.String(),
  knownFrom: Time,
  knownTo: Time,
  labels: Type.Integer({ description: 'How many labels became known in that week, when they were held.' }),
  mean: Type.Number(),
  usual: Type.Number({ description: 'Median of the weekly means of the task.' }),
  reason: Type.String(),
  heldAt: Time,
  releasedBy: nullable(Type.String()),
  releasedAt: nullable(Time),
  releaseReason: nullable(Type.String()),
})

/** Routes that list labels held for a person, and release them. */
export function labelHoldsRoutes(server: Server, { database }: ApiPorts): void {
  listRoutes(server, database, {
    path: '/label-holds',
    access: 'read-models',
    tag: 'models',
    summary: 'Labels with an outlying mean, which are not trained on until a person releases them, newest first',
    filters: {
      task: filter(),
      released: Type.Optional(
        Type.Boolean({ description: 'Only those that have been released, or only those that have not.' }),
      ),
    },
    item: Hold,
    cursor: byNumber(({ id }: LabelHold) => id),
    load: listHolds,
    toItems: (_reader, rows) => rows.map(holdJson),
  })
  server.post(
    '/label-holds/:id/release',
    {
      config: { access: 'write-settings' },
      schema: {
        tags: ['models'],
        summary: 'Releases held labels: the next training learns from them',
        params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) }),
        body: Type.Object({ reason: ChangeReason, releasedBy: ChangedBy }, { additionalProperties: false }),
        response: { 200: Hold, ...problems('invalid-request', 'forbidden-origin', 'not-found') },
      },
    },
    async ({ params, body: { reason, releasedBy } }) => {
      const released = await releaseHold(database, params.id, { by: releasedBy, reason: reason.trim() })
      if (released === undefined)
        throw new ProblemError(
          'not-found',
          `No labels are held under the id ${params.id}: GET /label-holds lists them.`,
        )
      return holdJson(released)
    },
  )
}

function holdJson({ knownFrom, knownTo, heldAt, releasedAt, ...rest }: LabelHold): Static<typeof Hold> {
  return {
    ...rest,
    knownFrom: knownFrom.toISOString(),
    knownTo: knownTo.toISOString(),
    heldAt: heldAt.toISOString(),
    releasedAt: releasedAt?.toISOString() ?? null,
  }
}
