import { readFileSync } from 'node:fs'
import { configurationPage } from '../../commands/document-configuration.ts'

test('docs/configuration.md is up to date: run `node commands/document-configuration.ts` after a change', () => {
  expect(readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')).toBe(configurationPage())
})
