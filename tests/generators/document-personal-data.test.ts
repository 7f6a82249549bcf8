import { readFileSync } from 'node:fs'
import { personalDataPage } from '../../generators/document-personal-data.ts'

test('docs/personal-data.md is up to date; otherwise run `node generators/document-personal-data.ts`', () => {
  const page = readFileSync(new URL('../../docs/personal-data.md', import.meta.url), 'utf8')
  expect(page).toBe(personalDataPage(page))
  expect(page).toContain('\n| `visits` | the key | 365 days after it was written |')
  expect(page).toContain('\n| `priorities` | entries[].customerId | empties these values |')
  expect(page).toContain('\n| visit-priority | ranked | `entry.customerId` | deletes the record |')
})
