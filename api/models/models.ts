import { Type } from 'typebox'
import { actsOfModel } from '../../store/models/model-acts.ts'
import { listModels, modelSummaryById } from '../../store/models/models.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { Act, actJson, Model, modelJson } from './model-schemas.ts'

export function modelsRoutes(server: Server, { database }: ApiPorts): void {
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
      if (model === undefined) throw new ProblemError('not-found', `There is no model ${JSON.stringify(id)}.`)
      return { model: modelJson(model), acts: (await actsOfModel(database, id)).map(actJson) }
    },
  )
}
