import { readFileSync } from 'node:fs'
import { topicsPage } from '../../generators/document-topics.ts'
import { topics } from '../../subjects/subjects.ts'

test('docs/topics.md is up to date; otherwise run `node generators/document-topics.ts`', () => {
  expect(readFileSync(new URL('../../docs/topics.md', import.meta.url), 'utf8')).toBe(topicsPage())
})

test('every topic is listed with its fields', () => {
  const page = topicsPage()
  for (const { name, schema } of topics) {
    const section = page.split(`\n### ${name}\n`)[1]!.split('\n### ')[0]!
    for (const field of Object.keys(schema.fields).filter((field) => !['id', 'occurredAt', 'source'].includes(field))) {
      expect(section).toContain(`\n| ${field} | `)
    }
  }
})
