import { gzipSync } from 'node:zlib'
import { listRows, type ListRow } from '../../../composition/calls/list-rows.ts'
import type { CsvOptions } from '../../../files/csv-records.ts'
import { encoded, fileOf } from '../../files/scratch.ts'

async function read(content: string | Uint8Array, name: string, options: CsvOptions = {}): Promise<ListRow[]> {
  const rows: ListRow[] = []
  for await (const row of listRows(fileOf(content, name), options)) rows.push(row)
  return rows
}

test.each([
  ['a comma', 'list.csv', 'customerId,phone,value,notBefore\nc1,021 1234,12.50,\nc2,,,2026-01-01\n'],
  [
    'other spellings',
    'list.csv',
    'Customer ID;Telephone;Value;not_before\r\nc1;021 1234;12.50;\r\nc2;;;2026-01-01\r\n',
  ],
  ['tabs', 'list.tsv', 'customer_id\tphone\tvalue\tnot before\nc1\t021 1234\t12.50\t\nc2\t\t\t2026-01-01\n'],
  [
    'JSON',
    'list.jsonl',
    '{"customerId":"c1","phone":"021 1234","value":12.5}\n\n{"customer_id":"c2","notBefore":"2026-01-01"}\n',
  ],
])('a list with %s', async (_, name, content) =>
  expect((await read(content, name)).map(({ fields }) => fields)).toEqual([
    { customerId: 'c1', phone: '021 1234', value: 12.5 },
    { customerId: 'c2', notBefore: '2026-01-01' },
  ]),
)

test('a packed list in GBK', async () => {
  const bytes = gzipSync(encoded('customerId,phone\n客户一,1\n', 'gb18030'))
  expect(await read(bytes, 'list.csv.gz', { encoding: 'gb18030' })).toEqual([
    { line: 2, fields: { customerId: '客户一', phone: '1' } },
  ])
})

test('a list of one column, with a header or with a given name', async () => {
  expect(await read('customerId\nc1\n', 'list.csv')).toEqual([{ line: 2, fields: { customerId: 'c1' } }])
  expect(await read('c1\nc2\n', 'list.csv', { names: ['customerId'] })).toMatchObject([{ line: 1 }, { line: 2 }])
  await expect(read('c1\nc2\n', 'list.csv')).rejects.toThrow('has no column customerId: it has c1')
})

test('a faulty line is reported, and the next one is read', async () => {
  expect(await read('customerId,value\nc1\nc2,3\nc3,"1.234,50"\n', 'list.csv')).toEqual([
    { line: 2, problem: 'it has 1 cells, and the header has 2' },
    { line: 3, fields: { customerId: 'c2', value: 3 } },
    { line: 4, fields: { customerId: 'c3', value: '1.234,50' } },
  ])
  expect(await read('{"customerId":"c1"}\n{oops}\n[1]\n{"a":1,"a":2}\n{"customerId":"c2"}', 'list.ndjson')).toEqual([
    { line: 1, fields: { customerId: 'c1' } },
    { line: 2, problem: expect.stringContaining('can’t be read as JSON') as unknown },
    { line: 3, problem: 'it is no JSON object' },
    { line: 4, problem: expect.stringContaining('/a occurs twice') as unknown },
    { line: 5, fields: { customerId: 'c2' } },
  ])
})

test('columns that are not used are named', async () => {
  const said: string[] = []
  await read('customerId,mood\nc1,good\n', 'list.csv', { onWarning: (message) => said.push(message) })
  expect(said).toEqual([expect.stringContaining('what is not used: mood')])
})
