import type { ApiPorts } from '../api/ports.ts'
import { namesBehind } from '../features/organisation.ts'
import { thingsBehind } from '../features/tastes.ts'

export const hashedNames: ApiPorts['hashedNames'] = {
  ofThings: thingsBehind,
  ofOrganisations: (organisations, products) =>
    namesBehind(
      organisations.map((of) => ({ ...of, opportunities: [], bought: undefined })),
      products,
    ),
}
