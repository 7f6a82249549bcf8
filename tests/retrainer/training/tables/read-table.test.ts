import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { columnNamed, type Table } from '../../../../models/table/table.ts'
import { readTable } from '../../../../retrainer/training/tables/read-table.ts'

const folder = mkdtempSync(join(tmpdir(), 'table-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(name: string, content: string | Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

const rowsOf = ({ columns, count }: Table) =>
  Array.from({ length: count }, (_, row) => columns.map(({ cells, codes }) => cells[codes[row]!]!))

test.each([',', ';', '\t', '|'])('cells parted by %j, with quotes around them', async (separator) => {
  const text =
    ['a', '"b,;\t|"', 'c'].join(separator) + '\n' + ['1', '"say ""hi"",\nthen;go"', ''].join(separator) + '\n'
  const table = await readTable(fileOf('parted.csv', text))
  expect(table.columns.map(({ name }) => name)).toEqual(['a', 'b,;\t|', 'c'])
  expect(rowsOf(table)).toEqual([['1', 'say "hi",\nthen;go', '']])
})

test('a packed file with a byte order mark, Windows line ends, empty lines and none at the end', async () => {
  const table = await readTable(fileOf('packed.csv.gz', gzipSync('\uFEFFa;b\r\n1;2\r\n\r\n1;3')))
  expect(table.columns.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(rowsOf(table)).toEqual([
    ['1', '2'],
    ['1', '3'],
  ])
  expect(table.columns[0]!.cells).toEqual(['1'])
})

test('many rows', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `${i},x`)
  const table = await readTable(fileOf('many.csv', `n,m\n${lines.join('\n')}\n`))
  expect(table.count).toBe(5000)
  expect(rowsOf(table)[4999]).toEqual(['4999', 'x'])
})

const packed = gzipSync(`a,b\n${Array.from({ length: 2000 }, (_, i) => `${i},${i * 7919}`).join('\n')}`)

test.each<readonly [string, string | Buffer, string]>([
  ['empty.csv', '', 'is empty: it has no header line'],
  ['header.csv', 'a,b\n', 'has no rows below its header'],
  ['ragged.csv', 'a,b\n1,2\n1,2,3\n', 'Row 2 of'],
  ['twice.csv', 'a,b,a\n1,2,3\n', 'has two columns "a"'],
  ['quote.csv', 'a,b\n1,"2\n', 'is no table that can be read'],
  ['cut.csv.gz', packed.subarray(0, 3000), 'it is cut off or damaged'],
  ['plain.csv.gz', 'a,b\n1,2\n', 'it is cut off or damaged'],
])('%s is refused with the reason', async (name, content, reason) => {
  await expect(readTable(fileOf(name, content))).rejects.toThrow(reason)
})

test('a changed byte of a packed file is found', async () => {
  const changed = Buffer.from(packed)
  changed[changed.length >> 1]! ^= 0x40
  await expect(readTable(fileOf('changed.csv.gz', changed))).rejects.toThrow()
})

test('a file that is not there is named', async () => {
  await expect(readTable(join(folder, 'none.csv'))).rejects.toThrow(`There is no file ${join(folder, 'none.csv')}.`)
})

test('fields of nested objects are columns by their path, and 1e400 is no missing number', async () => {
  const rows = ['{"a":{"b":1,"c":{"d":"x"}},"e":[1,2],"f":1e400}', '{"a":null,"e":[],"f":2}']
  const table = await readTable(fileOf('nested.jsonl', rows.join('\n')))
  expect(table.columns.map(({ name }) => name)).toEqual(['a.b', 'a.c.d', 'e', 'f', 'a'])
  expect(rowsOf(table)).toEqual([
    ['1', 'x', '[1,2]', 'Infinity', ''],
    ['', '', '[]', '2', ''],
  ])
  await expect(readTable(fileOf('twice.jsonl', '{"a.b":1,"a":{"b":2}}'))).rejects.toThrow(
    'twice.jsonl:1 has two fields a.b',
  )
})

test('the old mark of the end of a file is no row, and a header below titles is found', async () => {
  expect((await readTable(fileOf('old.csv', 'a,b\r\n1,2\r\n\u001a'))).count).toBe(1)
  const table = await readTable(fileOf('titled.csv', 'Report;;\n;;\na;b;y\n1;2;3\n'))
  expect(() => columnNamed(table, 'y')).toThrow('titled.csv:3: if that is the header, take out the lines above it.')
})
