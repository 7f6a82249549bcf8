import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { mapTable, type MappedLine } from '../../../composition/webhooks/map-table.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { compileMapping } from '../../../webhooks/mapping/compile-mapping.ts'

const folder = mkdtempSync(join(tmpdir(), 'map-table-'))
afterAll(() => rmSync(folder, { recursive: true }))

const MAPPING = `$text(amount) ? {"topic": "transactions", "event": {
  "customerId": client, "accountId": "a", "occurredAt": $time(booked, "Europe/Berlin"),
  "amountMinor": $minor(amount, "EUR"), "currency": "EUR", "kind": "card", "category": "line " & $line}}`

async function mapped(name: string, text: string | Buffer, source = 'bank'): Promise<MappedLine[]> {
  const file = join(folder, name)
  writeFileSync(file, text)
  const options = { mapping: compileMapping(MAPPING), registry: releasedRegistry, source }
  const lines: MappedLine[] = []
  for await (const line of mapTable(file, options)) lines.push(line)
  return lines
}
const eventsOf = (lines: MappedLine[]) => lines.flatMap(({ events }) => events.map(({ event }) => event))

const csv = 'client;booked;amount\nc-1;2026-11-01 10:00:00;12.50\nc-2;yesterday;1\nc-3;2026-11-02\nc-4;2026-11-02;\n'

test('each line of a table gives its events or its problems, with its number', async () => {
  const lines = await mapped('a.csv', csv)
  expect(lines.map(({ line, events, problems }) => [line, events.length, problems.join()])).toEqual([
    [2, 1, ''],
    [3, 0, expect.stringContaining('"yesterday" is not a time')],
    [4, 0, 'It has 2 cells, and the header has 3.'],
    [5, 0, ''],
  ])
  expect(eventsOf(lines)).toMatchObject([
    { customerId: 'c-1', occurredAt: Date.UTC(2026, 10, 1, 9), amountMinor: 1250, source: 'bank', category: 'line 2' },
  ])
})

test('ids follow from the content of a line and the source, so that an import can be repeated', async () => {
  const id = async (name: string, text: string, source?: string) => eventsOf(await mapped(name, text, source))[0]!['id']
  const first = await id('a.csv', csv)
  expect(await id('b.csv', csv.replace('c-2;yesterday;1\n', ''))).toBe(first)
  expect(await id('a.csv', csv, 'other')).not.toBe(first)
  expect(await id('a.csv', csv.replace('12.50', '12.51'))).not.toBe(first)
})

test('JSON Lines, also gzipped; a line that can’t be read does not stop the others', async () => {
  const good = '{"client": "c-9", "booked": 1793523600000, "amount": 9007199254740}'
  const lines = await mapped(
    'c.jsonl.gz',
    gzipSync(`${good}\nnot json\n\n[1]\n{"client": "", "booked": 1, "amount": 1}\n`),
  )
  expect(lines.map(({ line, events }) => [line, events.length])).toEqual([
    [1, 1],
    [2, 0],
    [4, 0],
    [5, 0],
  ])
  expect(lines[1]!.problems[0]).toContain('can’t be read as JSON')
  expect(lines[2]!.problems).toEqual(['It is not a JSON object.'])
  expect(lines[3]!.problems[0]).toContain('$seconds')
})
