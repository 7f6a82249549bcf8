import { Type } from 'typebox'
import { listModels } from '../../store/models/models.ts'
import type { ApiPorts } from '../ports.ts'
import { isoTimes } from '../http/iso-times.ts'
import { filter, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const Model = Type.Object({
  id: Type.String({ description: 'Hash of the artefact.' }),
  task: Type.String(),
  algorithm: Type.String(),
  featureSet: Type.String(),
  metrics: Type.Record(Type.String(), nullable(Type.Number())),
  data: Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    additionalProperties: true,
    description: 'Facts about the training data.',
  }),
  codeVersion: Type.String(),
  status: Type.String({ description: 'challenger, champion or retired.' }),
  reason: nullable(Type.String(), 'Why it replaced its predecessor.'),
  trainedAt: Time,
  releasedAt: nullable(Time),
})

export function modelsRoute(server: Server, { database }: ApiPorts): void {
  server.get(
    '/models',
    {
      config: { access: 'read-models' },
      schema: {
        tags: ['models'],
        summary: 'Models with their metrics, newest first',
        querystring: Type.Object({ task: filter() }, { additionalProperties: false }),
        response: { 200: Type.Object({ items: Type.Array(Model) }) },
      },
    },
    async ({ query }) => {
      const models = await listModels(database, query.task)
      return {
        items: models.map((model) => ({
          ...isoTimes(model),
          metrics: { ...model.metrics },
          data: { ...model.data },
        })),
      }
    },
  )
}
