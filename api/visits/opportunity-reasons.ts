import { Type } from 'typebox'
import { lastServed } from '../../store/models/served-scores.ts'
import type { TaskModel } from '../ports.ts'
import type { RouteContext } from '../routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { featuresFor } from '../models/score.ts'
import { explainScore, Explanation } from '../models/score-reasons.ts'
import { Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const TASK = 'conversion'
/** Default number of reasons of each kind. */
const REASONS = 4

/**
 * Explains the model's score of an opportunity from the last row served; `undefined` if none was served with this
 * model's features.
 */
export async function explainOpportunity(
  { database, names }: Pick<RouteContext, 'database' | 'names'>,
  model: TaskModel,
  opportunityId: string,
): Promise<Explanation | undefined> {
  const features = featuresFor(model, names)
  const served = await lastServed(database, TASK, opportunityId)
  if (served?.featureSet !== model.featureSet || served.row.length !== features.length) return undefined
  const input = { values: Float32Array.from(served.row), text: served.text, lineTimes: served.lineTimes }
  return explainScore(model, features, input, { most: REASONS, withTextReasons: true })
}

export function opportunityReasonsRoute(server: Server, ports: RouteContext): void {
  server.get(
    '/opportunities/:id/why',
    {
      config: { access: 'read-sales', own: { params: { id: 'opportunity' } } },
      schema: {
        tags: ['sales'],
        summary: 'Reasons for an opportunity’s conversion probability: features, visits and words, by the model in use',
        params: Type.Object({ id: Name }),
        response: { 200: Explanation, ...problems('not-found', 'no-model') },
      },
    },
    async ({ params: { id } }) => {
      const model = ports.model(TASK)
      if (typeof model === 'string') throw new ProblemError('no-model', model)
      const explanation = await explainOpportunity(ports, model, id)
      if (explanation === undefined)
        throw new ProblemError('not-found', `The opportunity ${JSON.stringify(id)} has not been scored yet.`)
      return explanation
    },
  )
}
