import type { ApiPorts } from '../api/ports.ts'
import { bucketNames } from '../features/recommendations/organisation.ts'
import { viewedBucketNames } from '../features/recommendations/tastes.ts'

export const hashedNames: ApiPorts['hashedNames'] = {
  ofViewedItems: viewedBucketNames,
  ofOrganisations: (organisations, products) =>
    bucketNames(
      organisations.map((of) => ({ ...of, opportunities: [], bought: undefined })),
      products,
    ),
}
