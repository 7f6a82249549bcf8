import { Type, type Static } from 'typebox'
import { reasonsFrom, type BucketNames } from '../../features/reasons.ts'
import { stages, type Stage } from '../../schemas/recommendations/dictionary.ts'
import { Recommendation, RecommendedItem } from '../../schemas/recommendations/recommendations.ts'
import { organisationOf, type StoredOrganisation } from '../../store/recommendations/organisations.ts'
import { recommendationOf, type StoredRecommendation } from '../../store/recommendations/recommendations.ts'
import { lastServed, type ServedInput } from '../../store/models/served-scores.ts'
import type { LiveRecommendations, Recommender } from '../ports.ts'
import type { RouteContext } from '../routes.ts'
import { responseFields } from '../http/response-fields.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { ExplainedReason } from '../reasons.ts'
import { Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'

const TASK = 'recommendation'
/** Default number of reasons. */
const REASONS = 5

const Stage = Type.Unsafe<Stage>({ type: 'string', enum: [...stages] })

const Item = Type.Object({
  ...responseFields(RecommendedItem),
  reasons: Type.Array(ExplainedReason, { description: 'The largest contributions to the probability, largest first.' }),
})

const Answer = Type.Object({
  ...responseFields(Recommendation, ['id', 'occurredAt', 'source']),
  stage: Stage,
  live: Type.Boolean({
    description: 'true if the list is as last published, false if it was scored on request for the given stage.',
  }),
  publishedAt: nullable(Time, 'Event time of the published list; null if scored on request.'),
  items: Type.Array(Item, { description: 'Best first.' }),
})

type Answer = Static<typeof Answer>

const Query = Type.Object(
  { stage: Type.Optional({ ...Stage, description: 'Scores on request for this stage; default: as published.' }) },
  { additionalProperties: false },
)

/** Route for an organisation's recommendations, with reasons: as published, or scored now for a stage (spec R3, R4). */
export function recommendationsRoute(server: Server, context: RouteContext): void {
  const { database, recommender, knownNames } = context
  server.get(
    '/customers/:id/recommendations',
    {
      config: { access: 'read-customers', own: { params: { id: 'customer' } } },
      schema: {
        tags: ['customers'],
        summary: 'Product characteristics to recommend to an organisation, best first, with needs, advice and reasons',
        params: Type.Object({ id: Name }),
        querystring: Query,
        response: { 200: Answer, ...problems('invalid-request', 'not-found', 'no-model') },
      },
    },
    async ({ params: { id }, query: { stage } }): Promise<Answer> => {
      const [organisation, published, served] = await Promise.all([
        organisationOf(database, id),
        recommendationOf(database, id),
        lastServed(database, TASK, id),
      ])
      if (organisation === undefined || served === undefined || published === undefined)
        throw new ProblemError(
          'not-found',
          `The customer ${JSON.stringify(id)} has no recommendations: no organisation of that id has been scored yet.`,
        )
      const list =
        stage === undefined ? asPublished(published) : await scoredNow(recommender, id, organisation, served, stage)
      return recommendationJson(list, explained(context, list, served, await knownNames.ofOrganisation(organisation)))
    },
  )
}

/** A list whose items have no reasons yet. */
type List = Omit<LiveRecommendations, 'modelId'> & Pick<Answer, 'customerId' | 'publishedAt' | 'modelId' | 'absent'>

function asPublished({ stage, occurredAt, ...list }: StoredRecommendation): List {
  return { ...list, stage: stage as Stage, publishedAt: occurredAt.toISOString() }
}

async function scoredNow(
  recommender: Recommender,
  customerId: string,
  organisation: StoredOrganisation,
  { row, featureSet }: ServedInput,
  stage: Stage,
): Promise<List> {
  const now = await recommender.recommend(Float32Array.from(row), featureSet, organisation, stage)
  if (typeof now === 'string') throw new ProblemError('no-model', now)
  return { ...now, customerId, publishedAt: null, absent: null }
}

type ReasonsOf = (characteristicId: string) => ExplainedReason[]

/**
 * Explains why a characteristic is recommended; no reasons if the model is no longer available or can't be explained.
 */
function explained(
  { model: modelOf, names, recommender }: RouteContext,
  { modelId, stage }: List,
  served: ServedInput,
  behind: BucketNames,
): ReasonsOf {
  const model = modelOf(TASK)
  const features = names.featuresOf(served.featureSet)
  if (
    typeof model === 'string' ||
    model.id !== modelId ||
    features === undefined ||
    features.length !== served.row.length
  )
    return () => []
  const row = recommender.atStage(Float32Array.from(served.row), stage)
  return (id) => {
    const output = model.outputs.indexOf(id)
    if (output === -1 || model.explainer === undefined) return []
    const contributions = new Float64Array(row.length)
    model.explainer(output)(row, contributions)
    return reasonsFrom(features, row, contributions, REASONS, behind)
  }
}

function recommendationJson(list: List, reasonsOf: ReasonsOf): Answer {
  const items = list.items.map((item) => ({ ...item, reasons: reasonsOf(item.characteristicId) }))
  return { ...list, live: list.publishedAt !== null, items }
}
