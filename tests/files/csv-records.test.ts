import { openCsv, type CsvOptions } from '../../files/csv-records.ts'
import { fileOf } from './scratch.ts'

async function read(content: string, options?: CsvOptions) {
  const { delimiter, records } = await openCsv(fileOf(content), options)
  const rows = []
  for await (const record of records) rows.push(record)
  return { delimiter, rows }
}

test('a header cell with a line break hides no delimiter, and lines are those of the file', async () => {
  expect(await read('"Umsatz,\n(EUR)";n;y\n5;3;1\n\n6;"a\nb";0\n')).toEqual({
    delimiter: ';',
    rows: [
      { cells: ['Umsatz,\n(EUR)', 'n', 'y'], line: 2 },
      { cells: ['5', '3', '1'], line: 3 },
      { cells: ['6', 'a\nb', '0'], line: 6 },
    ],
  })
})

test.each([
  ['sep=;\r\nx;n\r\n1,5;2\r\n', ';'],
  ['"sep=|"\nx|n\n1,5|2\n', '|'],
  ['sep=\t\nx\tn\n1,5\t2\n', '\t'],
])('%j names its delimiter in the first line', async (content, delimiter) => {
  expect(await read(content)).toEqual({
    delimiter,
    rows: [
      { cells: ['x', 'n'], line: 2 },
      { cells: ['1,5', '2'], line: 3 },
    ],
  })
})

test('a delimiter that is said is used', async () => {
  expect((await read('a b,c\n1 2,3\n', { delimiter: ' ' })).rows[1]!.cells).toEqual(['1', '2,3'])
})

test('a last line with a carriage return alone is no row', async () => {
  expect((await read('x,y\r\n1,2\r\n\r')).rows.map(({ cells }) => cells)).toEqual([
    ['x', 'y'],
    ['1', '2'],
  ])
})

test('what is no table is refused', async () => {
  await expect(read('a,b\n1,"2\n')).rejects.toThrow('is no table that can be read')
})
