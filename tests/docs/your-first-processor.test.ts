import { readFileSync } from 'node:fs'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const blocks = [...read('docs/your-first-processor.md').matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code]) => code!)

test.each([
  [0, 'processors/loans/dormant-customers.ts'],
  [2, 'tests/processors/loans/dormant-customers.test.ts'],
])('block %i of the page is %s, which runs with the platform and its tests', (index, path) => {
  expect(blocks[index]).toBe(read(path))
})

test('the line of the page is in the list of its subject', () => {
  expect(blocks).toHaveLength(3)
  expect(read('subjects/loans.ts')).toContain(blocks[1])
})

test('the code of the page, loaded from the page, is the processor that the platform runs', async () => {
  const { processors } = await import('../../subjects/subjects.ts')
  const name = /name: '([^']+)'/.exec(blocks[0]!)![1]
  expect(processors.map((processor) => processor.name)).toContain(name)
})
