import type { ApiPorts } from '../api/ports.ts'
import { namesBehind } from '../features/recommendations/organisation.ts'
import { thingsBehind } from '../features/recommendations/tastes.ts'

export const hashedNames: ApiPorts['hashedNames'] = {
  ofThings: thingsBehind,
  ofOrganisations: (organisations, products) =>
    namesBehind(
      organisations.map((of) => ({ ...of, opportunities: [], bought: undefined })),
      products,
    ),
}
