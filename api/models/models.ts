import { Type } from 'typebox'
import { actsOfModel } from '../../store/models/model-acts.ts'
import { listModels, modelSummaryById } from '../../store/models/models.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { BusyError, type ApiPorts } from '../ports.ts'
import { Act, actJson, Model, modelJson } from './model-schemas.ts'

/** Routes that show models. */
export function modelsRoutes(server: Server, { database, modelLife }: ApiPorts): void {
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
    async ({ query }) => ({ items: (await listModels(database, query.task)).map(modelJson) }),
  )
  server.get(
    '/models/:id',
    {
      config: { access: 'read-models' },
      schema: {
        tags: ['models'],
        summary: 'A model with the decision of the gate and what was done with it, newest first',
        params: Type.Object({ id: Name }),
        response: { 200: Type.Object({ model: Model, acts: Type.Array(Act) }), ...problems('not-found') },
      },
    },
    async ({ params: { id } }) => {
      const model = await modelSummaryById(database, id)
      if (model === undefined) throw noModel(id)
      return { model: modelJson(model), acts: (await actsOfModel(database, id)).map(actJson) }
    },
  )
  server.get(
    '/models/:id/card',
    {
      config: { access: 'read-models' },
      schema: {
        tags: ['models'],
        summary:
          'The card of a model as an HTML file: rows, quality with plots and by group, gate, acts, and what monitoring found',
        params: Type.Object({ id: Name }),
        response: {
          200: { description: 'The card.', content: { 'text/html': { schema: Type.String() } } },
          ...problems('not-found', 'unavailable'),
        },
      },
    },
    async ({ params: { id } }, reply) => {
      const card = await modelLife.card(id).catch((error: unknown) => {
        if (error instanceof BusyError) throw new ProblemError('unavailable', error.message)
        throw error
      })
      if (card === undefined) throw noModel(id)
      return reply
        .type('text/html; charset=utf-8')
        .header('content-disposition', `attachment; filename="model-card-${id.slice(0, 10)}.html"`)
        .send(card as never)
    },
  )
}

function noModel(id: string): ProblemError {
  return new ProblemError('not-found', `There is no model ${JSON.stringify(id)}.`)
}
