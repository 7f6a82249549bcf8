import { AvroSchemaParser } from '@asyncapi/avro-schema-parser'
import { Parser } from '@asyncapi/parser'
import { describeTopics } from '../../../api/events/asyncapi.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { topics } from '../../../subjects/subjects.ts'

const described = describeTopics({ topics, registry: releasedRegistry, addressOf: ({ name }) => `bank.${name}` })

async function problemsOf(document: object): Promise<string[]> {
  const parser = new Parser()
  parser.registerSchemaParser(AvroSchemaParser())
  const { diagnostics } = await parser.parse(JSON.stringify(document))
  // Severity 0 is an error; the parser’s suggestions are ignored.
  return diagnostics
    .filter(({ severity }) => severity === 0)
    .map(({ path, message }) => `${path.join('/')}: ${message}`)
}

test('AsyncAPI’s own parser finds nothing wrong, schemas included', async () => {
  expect(await problemsOf(described)).toEqual([])
  const broken = structuredClone(described) as {
    components: { messages: Record<string, { payload: { schema: object } }> }
  }
  broken.components.messages['visits']!.payload.schema = { type: 'no such type' }
  expect(await problemsOf(broken)).not.toEqual([])
})

test('every topic is listed under its name on the brokers, with its key and retention', () => {
  expect(described).toMatchObject({
    channels: {
      visits: {
        address: 'bank.visits',
        bindings: { kafka: { topic: 'bank.visits', topicConfiguration: { 'cleanup.policy': ['delete'] } } },
      },
      policies: { bindings: { kafka: { topicConfiguration: { 'cleanup.policy': ['compact'] } } } },
    },
    operations: { 'receive-visits': { action: 'receive' }, 'send-scores': { action: 'send' } },
    components: {
      messages: { scores: { name: 'Score', bindings: { kafka: { key: { description: 'customerId' } } } } },
    },
  })
  expect(Object.keys((described as { channels: object }).channels)).toEqual(topics.map(({ name }) => name))
})
