import { array, nullable, record, string } from '../../../schemas/avro/schema.ts'
import { readJson } from '../../../store/sql/read-json.ts'

const Line = record('Line', '', { name: string, note: nullable(string) })

test('the named columns are read through their schemas, the others stay as they are', () => {
  const rows = [{ id: 1, lines: [{ name: 'a', more: 2 }], other: [{ name: 'b' }] }]
  expect(readJson(rows, { lines: array(Line) })).toEqual([
    { id: 1, lines: [{ name: 'a', note: null }], other: [{ name: 'b' }] },
  ])
  expect(rows[0]!.lines).toEqual([{ name: 'a', more: 2 }])
})
