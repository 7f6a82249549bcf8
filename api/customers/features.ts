import { Type } from 'typebox'
import type { ApiPorts } from '../ports.ts'
import type { Server } from '../http/server.ts'

const Feature = Type.Object({
  featureSet: Type.String(),
  name: Type.String(),
  meaning: Type.String(),
  unit: Type.String(),
})

/** Route that lists the features of every feature set. */
export function featuresRoute(server: Server, { featureSets }: ApiPorts): void {
  const items = featureSets.flatMap(({ id, features }) =>
    features.map(({ name, meaning, unit }) => ({ featureSet: id, name, meaning, unit })),
  )
  server.get(
    '/features',
    {
      config: { access: 'read-models' },
      schema: {
        tags: ['scores'],
        summary: 'The catalogue of features',
        response: { 200: Type.Object({ items: Type.Array(Feature) }) },
      },
    },
    () => ({ items }),
  )
}
