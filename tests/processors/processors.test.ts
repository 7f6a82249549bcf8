import { readdirSync, readFileSync } from 'node:fs'
import { dormantCustomers } from '../../processors/loans/dormant-customers.ts'
import { processors, topics } from '../../subjects/subjects.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { clock } from '../../schemas/platform/clock.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Topic } from '../../schemas/topic.ts'
import { createReplay, noGlobals } from '../../streams/replay/replay.ts'

const FOLDER = new URL('../../processors/', import.meta.url)

const each = processors.map((processor) => [processor.name, processor] as const)

test('names are unique: they name groups, changelogs and transactional ids', () => {
  expect(new Set(processors.map(({ name }) => name)).size).toBe(processors.length)
})

test.each(each)('%s has a name that a topic can have, and state kinds with distinct names', (name, processor) => {
  expect(name).toMatch(/^[a-z][a-z0-9-]*$/)
  const kinds = [...processor.state, ...processor.decisionState].map((kind) => kind.name)
  expect(new Set(kinds).size).toBe(kinds.length)
  for (const kind of kinds) expect(kind).toMatch(/^[A-Za-z][\w.-]*$/)
})

test.each(each)('%s reads and writes topics of the platform, and none twice', (_name, processor) => {
  const inputs = processor.inputs.map(({ topic }) => topic as Topic)
  for (const topic of [...inputs, ...processor.outputs]) expect(topics).toContain(topic)
  expect(new Set(inputs).size).toBe(inputs.length)
  for (const topic of processor.outputs) expect(['output', 'input', 'global']).toContain(topic.role)
})

test('the version is defined once: published records name it, so raising it is enough', async () => {
  const run = createReplay({ ...dormantCustomers, version: 7 })
  const at = Date.UTC(2026, 0, 1)
  const movement = { id: 't', occurredAt: at, source: 'test', customerId: 'c1', accountId: 'a1', amountMinor: -500 }
  const messages = await run.run(
    [
      { topic: transactions as Topic, value: { ...movement, kind: 'card', currency: 'CNY' } },
      { topic: clock as Topic, value: { id: 'tick', occurredAt: at + 31 * 86_400_000, source: 'test', partition: 0 } },
    ],
    noGlobals,
  )
  expect(messages.map(({ value }) => (value as Envelope).source)).toEqual(['scoreline/dormant-customers@7'])
})

test.each(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && name !== 'processor.ts',
  ),
)('%s writes no version by hand', (name) => {
  expect(readFileSync(new URL(name, FOLDER), 'utf8')).not.toMatch(/scoreline\/|@\d|@\$\{/)
})
