import { Type } from 'typebox'
import { reasonsFrom } from '../../features/reasons.ts'
import { CustomerInterests, Interest } from '../../schemas/recommendations/interests.ts'
import { interestsOf } from '../../store/recommendations/interests.ts'
import { lastServed } from '../../store/models/served-scores.ts'
import type { RouteContext } from '../routes.ts'
import { responseFields } from '../http/response-fields.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { ExplainedReason } from '../reasons.ts'
import { Name, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const TASK = 'preferences'
/** Default number of reasons. */
const REASONS = 3

const Answer = Type.Object({
  ...responseFields(CustomerInterests, ['id', 'occurredAt', 'source', 'lookedAt']),
  interests: Type.Array(
    Type.Object({
      ...responseFields(Interest),
      reasons: Type.Array(ExplainedReason, {
        description: 'The largest contributions to the probability, largest first.',
      }),
    }),
    { description: 'Strongest first.' },
  ),
  publishedAt: Time,
})

/** Route for a customer's interests, with reasons (spec C5, C6). */
export function interestsRoute(server: Server, { database, model: modelOf, names, knownNames }: RouteContext): void {
  server.get(
    '/customers/:id/interests',
    {
      config: { access: 'read-customers', own: { params: { id: 'customer' } } },
      schema: {
        tags: ['customers'],
        summary: 'Interests of a customer in products and services, strongest first, with reasons',
        params: Type.Object({ id: Name }),
        response: { 200: Answer, ...problems('not-found') },
      },
    },
    async ({ params: { id } }) => {
      const [published, served] = await Promise.all([interestsOf(database, id), lastServed(database, TASK, id)])
      if (published === undefined)
        throw new ProblemError('not-found', `There are no interests of a customer ${JSON.stringify(id)} yet.`)
      const model = modelOf(TASK)
      const behind = await knownNames.ofViewedItems(published.lookedAt)
      const features = served === undefined ? undefined : names.featuresOf(served.featureSet)
      const reasonsOf = (product: string): ExplainedReason[] => {
        if (typeof model === 'string' || model.id !== published.modelId || model.explainer === undefined) return []
        const output = model.outputs.indexOf(product)
        if (output === -1 || served === undefined || features?.length !== served.row.length) return []
        const contributions = new Float64Array(features.length)
        model.explainer(output)(Float32Array.from(served.row), contributions)
        return reasonsFrom(features, served.row, contributions, REASONS, behind)
      }
      const { customerId, modelId, absent, occurredAt } = published
      const interests = published.interests.map((interest) => ({ ...interest, reasons: reasonsOf(interest.product) }))
      return { customerId, interests, modelId, absent, publishedAt: occurredAt.toISOString() }
    },
  )
}
