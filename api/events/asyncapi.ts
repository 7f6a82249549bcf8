import { DAY_MS } from '../../schemas/durations.ts'
import { subjectOf } from '../../schemas/release/registry.ts'
import type { Topic } from '../../schemas/topic.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'

/** Version of https://github.com/asyncapi/bindings/tree/master/kafka. */
const BINDING = '0.5.0'

type Ports = Pick<ApiPorts, 'topics' | 'registry' | 'addressOf'>

/** Route for the AsyncAPI 3 document of the topics, the counterpart of /openapi.json. */
export function asyncapiRoute(server: Server, ports: Ports): void {
  const document = JSON.stringify(describeTopics(ports))
  server.get('/asyncapi.json', { config: { access: 'read-schemas' }, schema: { hide: true } }, (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(document),
  )
}

/** Describes every topic with its key, newest schema, retention and producer. */
export function describeTopics({ topics, registry, addressOf }: Ports): object {
  const operations = topics.map((topic) => [`${verbOf(topic)}-${topic.name}`, operationOf(topic)] as const)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Scoreline',
      version: '0.1.0',
      description:
        'Events in, scores and decisions out, over Kafka. Values are Avro in the Confluent wire format: a zero byte, then the schema id in four bytes. Keys are UTF-8.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/vnd.apache.avro',
    channels: Object.fromEntries(topics.map((topic) => [topic.name, channelOf(topic, addressOf(topic))])),
    operations: Object.fromEntries(operations),
    components: {
      messages: Object.fromEntries(
        topics.map((topic) => [topic.name, messageOf(topic, registry.versions(subjectOf(topic)).at(-1)?.schema)]),
      ),
    },
  }
}

function channelOf(topic: Topic, address: string): object {
  return {
    address,
    description: `${descriptionOf(topic)} Written by: ${topic.producer}. Key: ${topic.key}.`,
    messages: { [topic.name]: { $ref: `#/components/messages/${topic.name}` } },
    bindings: {
      kafka: { topic: address, topicConfiguration: configurationOf(topic), bindingVersion: BINDING },
    },
  }
}

function configurationOf({ retention }: Topic): object {
  if (retention === 'compacted' || retention.keepsLatest === true) return { 'cleanup.policy': ['compact'] }
  return { 'cleanup.policy': ['delete'], 'retention.ms': retention.days * DAY_MS }
}

/** Seen from the platform: it receives from input topics and sends to all others. */
function verbOf({ role }: Topic): 'receive' | 'send' {
  return role === 'input' ? 'receive' : 'send'
}

function operationOf(topic: Topic): object {
  return {
    action: verbOf(topic),
    summary: descriptionOf(topic),
    channel: { $ref: `#/channels/${topic.name}` },
    messages: [{ $ref: `#/channels/${topic.name}/messages/${topic.name}` }],
  }
}

function messageOf(topic: Topic, released: unknown): object {
  return {
    name: topic.schema.name,
    title: topic.schema.name,
    summary: descriptionOf(topic),
    contentType: 'application/vnd.apache.avro',
    payload: { schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: released ?? topic.schema.avro },
    bindings: {
      kafka: {
        key: { type: 'string', description: topic.key },
        schemaIdLocation: 'payload',
        schemaIdPayloadEncoding: 'confluent',
        bindingVersion: BINDING,
      },
    },
  }
}

function descriptionOf({ schema }: Topic): string {
  return schema.doc ?? schema.name
}
