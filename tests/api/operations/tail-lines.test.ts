import { tailLines, type TailOptions } from '../../../api/operations/tail-lines.ts'
import type { TailedRecord } from '../../../api/operations/tail-port.ts'
import { maskOf } from '../../../api/access/mask.ts'
import { responseSchema } from '../../../api/events/event-schema.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { reportOnly, visits, type Visit } from '../../../schemas/visits/visits.ts'

const topic = visits as Topic
const { encode } = codecOf(topic, releasedRegistry)

const visit = (number: number, text = 'asked for the rate'): Visit => ({
  ...{ id: `v${number}`, occurredAt: 0, source: 'test', visitId: `v${number}`, revision: 0, withdrawn: false },
  ...{ opportunityId: 'o', customerId: `c${number}`, salespersonId: 's', text },
  ...reportOnly,
})
const record = (number: number, value: Buffer | null = Buffer.from(encode(visit(number)))): TailedRecord => ({
  ...{ partition: 0, offset: number, writtenAt: 0, key: Buffer.from(`c${number}`), value },
})

async function linesOf(
  records: readonly (TailedRecord | undefined)[],
  changes: Partial<TailOptions> = {},
): Promise<Record<string, unknown>[]> {
  const options = {
    topic,
    registry: releasedRegistry,
    hidden: false,
    mask: undefined,
    maskedKinds: new Set(),
    now: () => 0,
  }
  const lines: Record<string, unknown>[] = []
  const given = (async function* () {
    yield* records
  })()
  for await (const line of tailLines(given, { ...options, ...changes } as TailOptions))
    lines.push(JSON.parse(line) as Record<string, unknown>)
  expect(lines.shift()).toEqual({ topic: 'visits' })
  return lines
}

test('a record is a line with its place, its key and its value as JSON', async () => {
  expect(await linesOf([record(1), undefined])).toEqual([
    {
      ...{ partition: 0, offset: 1, writtenAt: '1970-01-01T00:00:00.000Z', key: 'c1', hidden: false, problem: null },
      value: expect.objectContaining({ visitId: 'v1', text: 'asked for the rate' }) as unknown,
    },
  ])
})

test('tombstones, what can’t be decoded and what is too long are told as such, and the others go on', async () => {
  const long = Buffer.from(encode(visit(3, 'x'.repeat(30_000))))
  const lines = await linesOf([record(1, null), record(2, Buffer.from('rubbish')), record(3, long), record(4)])
  expect(lines.map(({ problem }) => problem)).toEqual([
    'A tombstone: the key was deleted.',
    expect.stringMatching(/^It can’t be decoded \(7 bytes\)/) as string,
    expect.stringMatching(/^Its value is too long to be shown/) as string,
    null,
  ])
  expect(lines.slice(0, 3).map(({ value }) => value)).toEqual([null, null, null])
})

test('only records with the key or the text are shown', async () => {
  const records = [record(1), record(2, Buffer.from(encode(visit(2, '客户想要贷款')))), record(3, null)]
  expect((await linesOf(records, { key: 'c1' })).map(({ offset }) => offset)).toEqual([1])
  expect((await linesOf(records, { contains: '贷款' })).map(({ offset }) => offset)).toEqual([2])
  expect(await linesOf(records, { contains: 'nothing' })).toEqual([])
})

test('fifty a second are shown and the others counted', async () => {
  let at = 0
  const many = [...Array(120).keys()].map((number) => record(number))
  const lines = await linesOf([...many, undefined, record(500)], { now: () => (at += 10) })
  expect(lines.filter((one) => 'skipped' in one)).not.toEqual([])
  const skipped = lines.reduce((sum, one) => sum + Number(one['skipped'] ?? 0), 0)
  expect(lines.filter((one) => 'offset' in one)).toHaveLength(121 - skipped)
  at = 0
  const still = await linesOf(many, { now: () => 0 })
  expect(still.filter((one) => 'offset' in one)).toHaveLength(50)
  expect(still.at(-1)).toEqual({ skipped: 70 })
})

test('personal fields are masked for those who may not see them, or everything is left out', async () => {
  const mask = maskOf(responseSchema(topic.schema))
  const [shown] = await linesOf([record(1)], { mask, maskedKinds: new Set(['texts']) })
  expect(shown!['value']).toMatchObject({ text: '***', visitId: 'v1' })
  // What is masked can’t be found either.
  expect(await linesOf([record(1)], { mask, maskedKinds: new Set(['texts']), contains: 'rate' })).toEqual([])
  const [hidden] = await linesOf([record(1)], { hidden: true })
  expect(hidden).toMatchObject({ offset: 1, key: null, value: null, hidden: true })
})
