import registryLibrary from '@kafkajs/confluent-schema-registry'
import { laterVersions, registerSchemas, RegistryError } from '../../kafka/confluent-registry.ts'
import { transactions, type Transaction } from '../../schemas/customers/banking.ts'
import { codecOf } from '../../schemas/avro/codec.ts'
import { createRegistry, releasedRegistry } from '../../schemas/release/registry.ts'
import { releasedSchemas } from '../../schemas/release/released.ts'
import { startFakeRegistry } from './fake-registry.ts'

const someSchemas = releasedSchemas.filter(({ subject }) => ['transactions-value', 'visits-value'].includes(subject))
const silent = () => {}

const transaction: Transaction = {
  id: 't-1',
  occurredAt: Date.UTC(2026, 0, 31),
  source: 'core-banking',
  customerId: '客户-1',
  accountId: 'a-1',
  amountMinor: -12_34,
  balanceMinor: null,
  currency: 'CNY',
  kind: 'card',
  category: '餐饮',
  counterparty: null,
  channel: null,
}

describe('a schema registry', () => {
  test('registers every released version, each subject as FULL_TRANSITIVE, and returns the ids', async () => {
    await using fake = await startFakeRegistry()
    const lines: string[] = []
    const registered = await registerSchemas(fake.url, releasedSchemas, (level, message) =>
      lines.push(`${level} ${message}`),
    )
    const subjectBySubject = [...Map.groupBy(releasedSchemas, ({ subject }) => subject).values()].flat()
    expect(registered).toEqual(subjectBySubject.map((released, index) => ({ ...released, id: 100_001 + index })))
    expect(new Set(fake.compatibility.values())).toEqual(new Set(['FULL_TRANSITIVE']))
    expect(fake.compatibility.size).toBe(new Set(releasedSchemas.map(({ subject }) => subject)).size)
    expect(lines).toEqual([
      `info ${releasedSchemas.length} versions of ${fake.compatibility.size} subjects are known to the schema registry at ${fake.url}.`,
    ])
  })

  test('decides the ids that stand in messages', async () => {
    await using fake = await startFakeRegistry({ firstId: 7_000 })
    const registry = createRegistry(await registerSchemas(fake.url, someSchemas, silent))
    const codec = codecOf(transactions, registry)
    const bytes = codec.encode(transaction)
    expect(bytes.readInt32BE(1)).toBe(registry.idOf(transactions))
    expect(registry.idOf(transactions)).toBeGreaterThanOrEqual(7_000)
    expect(codec.decode(bytes)).toEqual(transaction)
    expect(() => codecOf(transactions, releasedRegistry).decode(bytes)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_SCHEMA' }),
    )
  })

  test('lets any registry client read our messages', async () => {
    await using fake = await startFakeRegistry()
    const registry = createRegistry(await registerSchemas(fake.url, someSchemas, silent))
    const client = new registryLibrary.SchemaRegistry({ host: fake.url })
    expect(await client.decode(codecOf(transactions, registry).encode(transaction))).toEqual(transaction)
    const theirs = await client.encode(registry.idOf(transactions), transaction)
    expect(codecOf(transactions, registry).decode(theirs)).toEqual(transaction)
  })

  test('is the same after a second registration', async () => {
    await using fake = await startFakeRegistry()
    const first = await registerSchemas(fake.url, someSchemas, silent)
    expect(await registerSchemas(fake.url, someSchemas, silent)).toEqual(first)
  })

  test('returns versions that others have registered, so that their events can be read', async () => {
    await using fake = await startFakeRegistry()
    const { schema } = someSchemas.find(({ subject }) => subject === 'transactions-value')! as {
      schema: { fields: unknown[] }
    }
    const theirs = {
      ...schema,
      fields: [...schema.fields, { name: 'terminal', type: ['null', 'string'], default: null }],
    }
    const id = fake.add('transactions-value', theirs)
    const registry = createRegistry(await registerSchemas(fake.url, someSchemas, silent))
    expect(registry.versions('transactions-value').map(({ id, version }) => [id, version])).toEqual([
      [id, 1],
      [registry.idOf(transactions), 2],
    ])
    const theirTopic = { ...transactions, schema: { ...transactions.schema, avro: theirs } }
    const theirRegistry = createRegistry([{ id, subject: 'transactions-value', version: 1, schema: theirs }])
    const written = codecOf(theirTopic, theirRegistry).encode({ ...transaction, terminal: 'ATM 7' } as Transaction)
    expect(codecOf(transactions, registry).decode(written)).toEqual(transaction)
  })

  test('returns the versions before a known one, and if the registry does not answer, reports that', async () => {
    await using fake = await startFakeRegistry()
    const schemas = ['one', 'two', 'three'].map((name) => ({
      type: 'record',
      name: 'T',
      fields: [{ name, type: 'string', default: '' }],
    }))
    const ids = schemas.map((schema) => fake.add('transactions-value', schema))
    const later = await laterVersions(fake.url, 'transactions-value', 1)
    expect(later.map(({ id, subject, version }) => [id, subject, version])).toEqual([
      [ids[1], 'transactions-value', 2],
      [ids[2], 'transactions-value', 3],
    ])
    expect(later[1]!.schema).toMatchObject({ fields: [{ name: 'three' }] })
    expect(await laterVersions(fake.url, 'transactions-value', 3)).toEqual([])
    await fake[Symbol.asyncDispose]()
    await expect(laterVersions(fake.url, 'transactions-value', 3)).rejects.toThrow(RegistryError)
  })

  test('deleted versions do not hide later ones', async () => {
    await using fake = await startFakeRegistry()
    const fieldsOf = (name: string) => ({ type: 'record', name: 'T', fields: [{ name, type: 'string', default: '' }] })
    for (let version = 1; version <= 10; version++) fake.add('transactions-value', fieldsOf(`v${version}`))
    for (const version of [2, 3, 4, 6, 7, 8]) fake.remove('transactions-value', version)
    const later = await laterVersions(fake.url, 'transactions-value', 1)
    expect(later.map(({ version }) => version)).toEqual([5, 9, 10])
  })

  test('with a weaker rule for a subject is refused, with what to do', async () => {
    await using fake = await startFakeRegistry()
    fake.compatibility.set('visits-value', 'NONE')
    const failure = registerSchemas(fake.url, someSchemas, silent)
    await expect(failure).rejects.toThrow(RegistryError)
    await expect(failure).rejects.toThrow(
      /visits-value can’t be registered at .*FULL_TRANSITIVE != NONE.*Set the subject’s compatibility/,
    )
  })

  test('gets the user of the address, and no message shows the password', async () => {
    await using fake = await startFakeRegistry({ credentials: 'scoreline:s3cret@' })
    const { host } = new URL(fake.url)
    const registered = await registerSchemas(`http://scoreline:s3cret%40@${host}`, someSchemas, silent)
    expect(registered).toHaveLength(someSchemas.length)
    const failure = registerSchemas(`http://scoreline:wr0ng@${host}`, someSchemas, silent)
    await expect(failure).rejects.toThrow(/the user is refused/)
    await expect(failure).rejects.not.toThrow(/wr0ng/)
  })

  test('that does not answer is named', async () => {
    const fake = await startFakeRegistry()
    await fake[Symbol.asyncDispose]()
    await expect(registerSchemas(fake.url, someSchemas, silent)).rejects.toThrow(
      new RegExp(`${fake.url} \\(SCHEMA_REGISTRY_URL\\)`),
    )
  })
})
