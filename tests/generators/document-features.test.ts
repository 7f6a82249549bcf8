import { readFileSync } from 'node:fs'
import { featuresPage } from '../../generators/document-features.ts'

test('docs/features.md matches the definitions; after a change run `node generators/document-features.ts`', () => {
  expect(readFileSync(new URL('../../docs/features.md', import.meta.url), 'utf8')).toBe(featuresPage())
})
