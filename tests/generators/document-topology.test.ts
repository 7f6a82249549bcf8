import { readFileSync } from 'node:fs'
import { topologyPage } from '../../generators/document-topology.ts'

test('docs/topology.md is up to date: run `node generators/document-topology.ts` after a change', () => {
  expect(readFileSync(new URL('../../docs/topology.md', import.meta.url), 'utf8')).toBe(topologyPage())
})
