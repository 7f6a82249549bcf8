/** Writes docs/topics.md from the definitions in schemas/. Run as `node generators/document-topics.ts`. */
import { writeFileSync } from 'node:fs'
import { releasedRegistry, subjectOf } from '../schemas/release/registry.ts'
import { event, identifier, type RecordSchema, type Schema } from '../schemas/avro/schema.ts'
import type { Retention, Topic } from '../schemas/topic.ts'
import { topics } from '../subjects/subjects.ts'

const roles: readonly (readonly [Topic['role'], string, string])[] = [
  [
    'input',
    'Events from outside',
    'Each event has an id, an event time and a source. Invalid events go to `dead-letters` with their cause.',
  ],
  [
    'global',
    'Globals',
    'One compacted partition each, read in full by every task: settings that apply to all keys. A transaction sees one version.',
  ],
  [
    'output',
    'What processors publish',
    'Written in the transaction that folded the event that caused them; read them with `read_committed`.',
  ],
  ['system', 'What the platform writes about its own work', 'Written in the same transactions.'],
]

type Fields = RecordSchema<unknown>['fields']

/** Fields common to all events, which are described once. */
const envelope = event('Event', '', {})

export function topicsPage(): string {
  const sections = roles.map(([role, title, words]) => {
    const ofRole = topics.filter((topic) => topic.role === role)
    return [`## ${title}`, words, overview(ofRole), ...ofRole.map(topicSection)].join('\n\n')
  })
  return `# Topics

<!-- Written by \`node generators/document-topics.ts\` from the definitions in schemas/. -->

Values are Avro in the Confluent wire format: a zero byte, the schema id (int32, big endian), Avro binary. The ids are those below on
every machine, or those of the registry that \`SCHEMA_REGISTRY_URL\` names. Keys are UTF-8 strings; a key's partition is the one
that Java's default partitioner chooses (murmur2), and all topics but the globals have the same number of partitions. If
\`TOPIC_PREFIX\` is set, each name starts with it. A running API describes the topics as AsyncAPI 3 at \`/asyncapi.json\`.
Money is in minor units of its currency, times are milliseconds since 1970 in UTC.

Strings and keys are UTF-8: a record with any other bytes (GBK, UTF-16, half a surrogate pair) becomes a dead letter \`NOT_UTF8\`, never a string
with replacement characters. A record needs a timestamp; one without becomes a dead letter \`NO_TIMESTAMP\`.

An *identifier* is a string of ${identifier.rule!.description}. Every event begins with these fields, which the tables below leave out:

${fieldTable(envelope.fields)}

Besides these topics, each processor has a compacted changelog of its state, which only the platform itself reads.

${sections.join('\n\n')}
`
}

function overview(ofRole: readonly Topic[]): string {
  const rows = ofRole.map(({ name, key, retention, producer, schema }) => {
    return `| [${name}](#${name}) | ${schema.doc ?? ''} | ${key} | ${retentionWords(retention)} | ${producer} |`
  })
  return ['| topic | what | key | kept | written by |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')
}

function topicSection(topic: Topic): string {
  const { id, version } = releasedRegistry.byId(releasedRegistry.idOf(topic))!
  const head = `Schema \`scoreline.${topic.schema.name}\`, subject \`${subjectOf(topic)}\`, version ${version}, id ${id}.`
  const own = Object.entries(topic.schema.fields).filter(([name]) => !(name in envelope.fields))
  const inner = recordsWithin(topic.schema.fields).flatMap(({ name, doc, fields }) => [
    `\`${name}\`: ${doc}`,
    fieldTable(fields),
  ])
  return [`### ${topic.name}`, head, fieldTable(Object.fromEntries(own)), ...inner].join('\n\n')
}

function fieldTable(fields: Fields): string {
  const rows = Object.entries(fields).map(([name, schema]) => {
    const preset = schema.fallback === undefined ? '' : `\`${JSON.stringify(schema.fallback.value)}\``
    return `| ${name} | ${typeWords(schema)} | ${preset} | ${cell(meaning(schema))} |`
  })
  return ['| field | type | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function meaning(schema: Schema<unknown>): string {
  const inner = schema.shape.kind === 'nullable' ? schema.shape.of : schema
  const rule = isIdentifier(inner) ? undefined : (schema.rule ?? inner.rule)
  return [schema.doc ?? inner.doc, rule && `Must be ${rule.description}.`]
    .filter((words) => words !== undefined)
    .join(' ')
}

function typeWords(schema: Schema<unknown>): string {
  const { shape } = schema
  switch (shape.kind) {
    case 'nullable':
      return `${typeWords(shape.of)} or null`
    case 'array':
      return `list of ${typeWords(shape.items)}`
    case 'map':
      return `${typeWords(shape.values)} by name`
    case 'enum':
      return shape.symbols.map((symbol) => `\`${symbol}\``).join(', ')
    case 'record':
      return `\`${shape.name}\``
    default:
      return isIdentifier(schema) ? 'identifier' : shape.kind
  }
}

function isIdentifier({ rule }: Schema<unknown>): boolean {
  return rule !== undefined && rule === (identifier.rule as Schema<unknown>['rule'])
}

interface NamedRecord {
  readonly name: string
  readonly doc: string
  readonly fields: Fields
}

function recordsWithin(fields: Fields): readonly NamedRecord[] {
  return Object.values(fields).flatMap((schema) => {
    const { shape, doc = '' } = innermost(schema)
    return shape.kind === 'record'
      ? [{ name: shape.name, doc, fields: shape.fields }, ...recordsWithin(shape.fields)]
      : []
  })
}

function innermost(schema: Schema<unknown>): Schema<unknown> {
  const { shape } = schema
  if (shape.kind === 'nullable') return innermost(shape.of)
  if (shape.kind === 'array') return innermost(shape.items)
  return shape.kind === 'map' ? innermost(shape.values) : schema
}

function retentionWords(retention: Retention): string {
  if (retention === 'compacted') return 'the last of each key'
  return `${retention.days} days${retention.keepsLatest === true ? ', the last of each key for good' : ''}`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}

if (import.meta.main) writeFileSync(new URL('../docs/topics.md', import.meta.url), topicsPage())
