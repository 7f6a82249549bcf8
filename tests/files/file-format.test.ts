import { formatOf, rowLines } from '../../files/file-format.ts'

test.each([
  ['a.csv', 'csv'],
  ['a.b.TSV.gz', 'tsv'],
  ['a.jsonl', 'json'],
  ['a.ndjson.gz', 'json'],
  ['a.csv.json', 'json'],
  ['a.gz', undefined],
  ['a', undefined],
])('%s is %s', (name, format) => expect(formatOf(name)).toBe(format))

const rows = [
  ['a"b', 1, null],
  ['c\td,e', { x: 12_345_678_901_234_567_890n }, undefined],
]

test('rows as separated cells, quoted where necessary', () => {
  expect([...rowLines('csv', ['n,m', 'o', 'p'], rows)]).toEqual([
    '"n,m",o,p',
    '"a""b",1,',
    '"c\td,e","{""x"":12345678901234567890}",',
  ])
  expect([...rowLines('tsv', ['n,m', 'o', 'p'], rows)][2]).toBe('"c\td,e"\t"{""x"":12345678901234567890}"\t')
})

test('rows as JSON keep null, and omit missing values', () => {
  expect([...rowLines('json', ['n', 'o', 'p'], rows)]).toEqual([
    String.raw`{"n":"a\"b","o":1,"p":null}`,
    String.raw`{"n":"c\td,e","o":{"x":12345678901234567890}}`,
  ])
})
