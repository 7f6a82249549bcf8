import { Type } from 'typebox'
import { requestedFeatures, type RequestedFeatures } from '../../features/calls/groups/requested-features.ts'
import { CONDITION_LENGTH_MAX } from '../../schemas/calls/target-groups.ts'
import { factsOfCustomers } from '../../store/calls/group-members.ts'
import type { Reader } from '../../store/database.ts'
import { invalidBody, problems } from '../http/problem.ts'
import { Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { Slots } from '../http/slots.ts'
import type { ApiPorts } from '../ports.ts'
import { createClusterMembers } from './cluster-members.ts'
import { findClusters, type FoundClusters } from './find-clusters.ts'
import { withSlot } from './with-slot.ts'

const Wanted = Type.Object(
  {
    features: Type.Array(Name, {
      minItems: 1,
      maxItems: 8,
      uniqueItems: true,
      description: 'Features of the customer feature set; GET /features lists them.',
    }),
    clustersMax: Type.Optional(Type.Integer({ minimum: 2, maximum: 6, default: 6 })),
  },
  { additionalProperties: false },
)
const Clusters = Type.Object({
  customers: Type.Integer({ description: 'All known customers.' }),
  unknown: Type.Integer({ description: 'Customers in no cluster, because one of the features has no value.' }),
  silhouettes: Type.Array(Type.Object({ clusters: Type.Integer(), silhouette: Type.Number() }), {
    description: 'Mean silhouette by number of clusters, from −1 to 1. At 0.25 or less the clusters hardly differ.',
  }),
  clusters: Type.Array(
    Type.Object({
      size: Type.Integer(),
      description: Type.String({ description: 'How the cluster differs from all customers.' }),
      condition: Type.String({ description: 'Condition that defines the cluster as a target group.' }),
      features: Type.Array(
        Type.Object({
          name: Type.String(),
          mean: Type.Number(),
          meanOfAll: Type.Number(),
          difference: Type.Number({ description: 'mean − meanOfAll, in standard deviations of all customers.' }),
        }),
      ),
      examples: Type.Array(Type.String(), { description: 'The first members by id.' }),
    }),
    { description: 'Largest first; empty if all customers are alike.' },
  ),
})

/** Route that discovers target groups (spec C1): k-means clusters, returned as conditions that can be saved. */
export function clustersRoute(server: Server, { database }: ApiPorts, slots: Slots): void {
  server.post(
    '/target-groups/clusters',
    {
      config: { access: 'read-customers' },
      schema: {
        tags: ['calls'],
        summary:
          'Cluster customers by some features, and return the clusters as conditions for target groups; nothing is stored',
        body: Wanted,
        response: { 200: Clusters, ...problems('invalid-request', 'unavailable') },
      },
    },
    async ({ body: { features, clustersMax = 6 } }) => {
      const asked = requestedFeatures(features)
      const unknown = asked.places.indexOf(-1)
      if (unknown !== -1)
        throw invalidBody(`Customers have no feature ${JSON.stringify(features[unknown])}.`, `/features/${unknown}`)
      return withSlot(slots, async () => {
        const found = await findClusters(valuesOfKnown(database, asked), features, clustersMax)
        return countedClusters(database, asked, features, found)
      })
    },
  )
}

async function countedClusters(
  database: Reader,
  asked: RequestedFeatures,
  features: readonly string[],
  { silhouettes, regions }: FoundClusters,
) {
  if (regions.some(({ condition }) => condition.length > CONDITION_LENGTH_MAX))
    throw invalidBody('The conditions would be too long: ask for fewer features or fewer clusters.', '/features')
  const members = createClusterMembers(features, regions)
  let customers = 0
  for await (const batch of factsOfCustomers(database, asked))
    for (const { customerId, values } of batch) {
      customers++
      if (isKnown(values)) members.add(customerId, values)
    }
  return {
    ...{ customers, unknown: customers - members.count() },
    silhouettes: silhouettes.map((silhouette, at) => ({ clusters: at + 2, silhouette })),
    clusters: members.clusters(),
  }
}

async function* valuesOfKnown(database: Reader, asked: RequestedFeatures): AsyncGenerator<readonly number[]> {
  for await (const batch of factsOfCustomers(database, asked))
    for (const { values } of batch) if (isKnown(values)) yield values
}

/** A customer who lacks a value belongs to no cluster, just as to no target group whose condition reads it. */
function isKnown(values: readonly (number | null)[]): values is readonly number[] {
  return values.length > 0 && values.every((value) => value !== null && !Number.isNaN(value))
}
