import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { checkedManifest, checkFits } from '../../../composition/backup/check-backup.ts'
import type { CommandContext } from '../../../composition/context.ts'
import { writeFrames } from '../../../composition/backup/framed-file.ts'
import { FORMAT, formatManifest, type Manifest } from '../../../composition/backup/manifest.ts'
import { encodeRun } from '../../../composition/backup/record-run.ts'
import { schemaSums } from '../../../composition/backup/schema-sums.ts'
import { wantedTopics } from '../../../composition/kafka.ts'
import { readConfig } from '../../../config.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'

const folder = mkdtempSync(join(tmpdir(), 'checked-'))
const FILES = ['topics/visits/0.zst', 'tables/outbox.zst', 'manifest.json']
const never = new AbortController().signal
let manifest: Manifest

async function* one(frame: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(frame)
}

beforeAll(async () => {
  mkdirSync(join(folder, 'topics/visits'), { recursive: true })
  mkdirSync(join(folder, 'tables'))
  const record = { offset: 3, timestampMs: 1, key: Buffer.from('c1'), value: null, headers: [] }
  const run = encodeRun({ producerId: 1, producerEpoch: 0, records: [record] })
  const partition = await writeFrames(join(folder, FILES[0]!), one(run), never)
  const table = await writeFrames(join(folder, FILES[1]!), one(Buffer.from('(1,visits)')), never)
  manifest = {
    format: FORMAT,
    takenAt: '2026-03-02T00:00:00.000Z',
    version: '1.2.3',
    clusterId: 'a-cluster',
    topicPrefix: '',
    migrations: ['0001-tables'],
    schemas: schemaSums(releasedRegistry),
    topics: [
      {
        name: 'visits',
        topicId: '0-0',
        settings: {},
        partitions: [{ start: 0, end: 4, records: 1, producerIdMax: 1, ...partition }],
      },
    ],
    tables: [{ name: 'outbox', columns: ['id'], partitions: [], rows: 1, ...table }],
    sequences: [],
    groups: {},
  }
  writeFileSync(join(folder, FILES[2]!), formatManifest(manifest))
})

test('a whole backup is accepted', async () => {
  expect(await checkedManifest(folder)).toEqual(manifest)
})

test('a byte that changed anywhere is found, and its file is named', async () => {
  const byte = fc.record({ file: fc.constantFrom(...FILES), at: fc.nat(), change: fc.integer({ min: 1, max: 255 }) })
  await fc.assert(
    fc.asyncProperty(byte, async ({ file, at, change }) => {
      const path = join(folder, file)
      const whole = readFileSync(path)
      const damaged = Buffer.from(whole)
      damaged[at % whole.length]! ^= change
      writeFileSync(path, damaged)
      try {
        await expect(checkedManifest(folder)).rejects.toThrow(path)
      } finally {
        writeFileSync(path, whole)
      }
    }),
  )
})

test('a missing file and a folder without a manifest are refused', async () => {
  for (const [file, message] of [
    [FILES[0]!, `${join(folder, FILES[0]!)} is missing`],
    [FILES[2]!, 'is no backup, or one that was interrupted'],
  ] as const) {
    const path = join(folder, file)
    const whole = readFileSync(path)
    rmSync(path)
    await expect(checkedManifest(folder)).rejects.toThrow(message)
    writeFileSync(path, whole)
  }
})

describe('a program that is not that of the backup', () => {
  const config = readConfig({ TOPIC_PARTITIONS: '2' })
  const context = { config, log: () => {} } as unknown as CommandContext
  const fitting = (): Manifest => ({
    ...manifest,
    topics: wantedTopics(config).map(({ name, partitions }) => ({
      name,
      topicId: name,
      settings: {},
      partitions: Array.from({ length: partitions }, () => manifest.topics[0]!.partitions[0]!),
    })),
  })
  const check = (changes: Partial<Manifest>, migrations = ['0001-tables']) =>
    checkFits(context, { ...fitting(), ...changes }, migrations)

  test('is refused, and told why', async () => {
    await expect(check({})).resolves.toBeUndefined()
    await expect(check({ topicPrefix: 'other.' })).rejects.toThrow('"other."')
    await expect(check({}, ['0001-tables', '0002-views'])).rejects.toThrow('migration 0002-views')
    await expect(check({ migrations: ['0001-tables', '0009-later'] })).rejects.toThrow('migration 0009-later')
    await expect(check({ schemas: { ...manifest.schemas, 99999: 'other' } })).rejects.toThrow('a schema 99999')
    await expect(check({ topics: fitting().topics.slice(1) })).rejects.toThrow(
      `lacks the topic ${fitting().topics[0]!.name}`,
    )
    const one = fitting().topics.map((topic) => ({ ...topic, partitions: topic.partitions.slice(0, 1) }))
    await expect(check({ topics: one })).rejects.toThrow('has 1 partitions in the backup')
  })
})
