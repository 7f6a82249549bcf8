import { openCsv, type CsvOptions } from '../../files/csv-records.ts'
import { fileOf } from './scratch.ts'

async function read(content: string, options?: CsvOptions) {
  const { delimiter, header, records } = await openCsv(fileOf(content), options)
  const rows = []
  for await (const record of records) rows.push(record)
  return { delimiter, header, rows }
}

test('a header cell with a line break hides no delimiter, and lines are those of the file', async () => {
  expect(await read('"Umsatz,\n(EUR)";n;y\n5;3;1\n\n6;"a\nb";0\n')).toEqual({
    delimiter: ';',
    header: ['Umsatz,\n(EUR)', 'n', 'y'],
    rows: [
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
    header: ['x', 'n'],
    rows: [{ cells: ['1,5', '2'], line: 3 }],
  })
})

test('a given delimiter is used', async () => {
  expect((await read('a b,c\n1 2,3\n', { delimiter: ' ' })).rows[0]!.cells).toEqual(['1', '2,3'])
})

test('a last line with a carriage return alone is no row', async () => {
  expect((await read('x,y\r\n1,2\r\n\r')).rows.map(({ cells }) => cells)).toEqual([['1', '2']])
})

test('a file that is not a table is refused', async () => {
  await expect(read('a,b\n1,"2\n')).rejects.toThrow('is no table that can be read')
})

test('a file without a header line has the given names, or numbers', async () => {
  const rows = [
    { cells: ['1', '2'], line: 1 },
    { cells: ['3', '4'], line: 2 },
  ]
  expect(await read('1,2\n3,4\n', { names: ['a', 'b'] })).toEqual({ delimiter: ',', header: ['a', 'b'], rows })
  expect(await read('1,2\n3,4\n', { names: false })).toEqual({ delimiter: ',', header: ['column 1', 'column 2'], rows })
  expect(await read('')).toEqual({ delimiter: ',', header: undefined, rows: [] })
})

test('lines may end in one character and in two', async () => {
  expect((await read('x,y\r\n1,2\n3,4\r\n')).rows).toEqual([
    { cells: ['1', '2'], line: 2 },
    { cells: ['3', '4'], line: 3 },
  ])
  expect((await read('x,y\r1,2\r3,4')).rows.map(({ cells }) => cells)).toEqual([
    ['1', '2'],
    ['3', '4'],
  ])
})

test('a repeated header and lines of dashes are not rows, which is reported', async () => {
  const said: string[] = []
  const { rows } = await read('x|y\n---|----\n1|2\n\ufeffx|y\n3|-\n', { onWarning: (words) => said.push(words) })
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['1', '2'],
    ['3', '-'],
  ])
  expect(said).toEqual([expect.stringContaining('2 lines that repeat the header or are made of dashes are left out')])
})

test('empty cells beyond the header are dropped, others are kept so that they are refused', async () => {
  expect((await read('x,y\n1,2,\n3,4, ,\n5,6,7\n')).rows.map(({ cells }) => cells)).toEqual([
    ['1', '2'],
    ['3', '4'],
    ['5', '6', '7'],
  ])
})

test('cells in single quotes, if the header has them', async () => {
  expect((await read("'x','y'\n'1','it''s'\n")).rows[0]!.cells).toEqual(['1', "it's"])
  expect((await read("x,y\n'1',2\n")).rows[0]!.cells).toEqual(["'1'", '2'])
})

test('JSON in a file named like a table is refused with what to do', async () => {
  await expect(read('{"x": 1}\n')).rejects.toThrow('its name must end in .json')
  await expect(read('[\n {"x": 1}]\n')).rejects.toThrow('its name must end in .json')
})
