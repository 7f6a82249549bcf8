import { processors } from '../../processors/processors.ts'
import type { Topic } from '../../schemas/topic.ts'
import { topics } from '../../schemas/topics.ts'

const each = processors.map((processor) => [processor.name, processor] as const)

test('names are unique: they name groups, changelogs and transactional ids', () => {
  expect(new Set(processors.map(({ name }) => name)).size).toBe(processors.length)
})

test.each(each)('%s has a name that a topic can have, and kinds that can be told apart', (name, processor) => {
  expect(name).toMatch(/^[a-z][a-z0-9-]*$/)
  const kinds = [...processor.state, ...processor.standing].map((kind) => kind.name)
  expect(new Set(kinds).size).toBe(kinds.length)
  for (const kind of kinds) expect(kind).toMatch(/^[A-Za-z][\w.-]*$/)
})

test.each(each)('%s reads and writes topics of the platform, and none twice', (_name, processor) => {
  const inputs = processor.inputs.map(({ topic }) => topic as Topic)
  for (const topic of [...inputs, ...processor.outputs]) expect(topics).toContain(topic)
  expect(new Set(inputs).size).toBe(inputs.length)
  for (const topic of processor.outputs) expect(['output', 'input']).toContain(topic.role)
})
