import { readFileSync } from 'node:fs'
import { configurationPage } from '../../generators/document-configuration.ts'

test('docs/configuration.md is up to date: run `node generators/document-configuration.ts` after a change', () => {
  expect(readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')).toBe(configurationPage())
})
