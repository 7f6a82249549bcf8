import { readFileSync } from 'node:fs'
import { visitsPage } from '../../generators/document-visits.ts'
import { detectors } from '../../processors/visits/evidence/detectors.ts'

test('docs/visits.md is up to date; otherwise run `node generators/document-visits.ts`', () => {
  expect(readFileSync(new URL('../../docs/visits.md', import.meta.url), 'utf8')).toBe(visitsPage())
})

test('every kind of evidence is listed with its meaning, what it can’t know and its parameters', () => {
  const page = visitsPage()
  for (const { kind, means, cannotKnow, parameters } of detectors) {
    const section = page.split(`\n### ${kind}\n`)[1]!.split('\n## ')[0]!.split('\n### ')[0]!
    expect(section).toContain(means)
    expect(section).toContain(cannotKnow)
    for (const name of Object.keys(parameters)) expect(section).toContain(`\n| \`${name}\` | `)
  }
})
