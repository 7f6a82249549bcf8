import { readFileSync } from 'node:fs'
import { apiTypes } from '../../generators/api-types.ts'

test('dashboard/src/api-types.ts matches the API; after a change run `node generators/api-types.ts`', async () => {
  expect(readFileSync(new URL('../../dashboard/src/api-types.ts', import.meta.url), 'utf8')).toBe(await apiTypes())
})
