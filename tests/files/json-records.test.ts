import { jsonRecords } from '../../files/json-records.ts'
import { fileOf } from './scratch.ts'

async function read(content: string) {
  const records = []
  for await (const record of jsonRecords(fileOf(content))) records.push(record)
  return records
}

test('an object a line, with its line', async () => {
  expect(await read('{"x":1}\n\n{"x":2}\r\n')).toEqual([
    { row: { x: 1 }, line: 1, isListed: false },
    { row: { x: 2 }, line: 3, isListed: false },
  ])
})

test('a list of objects, over several lines', async () => {
  expect((await read('\n[\n {"x": 1},\n {"x": 12345678901234567890}\n]\n')).map(({ row }) => row)).toEqual([
    { x: 1 },
    { x: 12345678901234567890n },
  ])
})

test('Python’s NaN and infinities become null, and stay unchanged within a text', async () => {
  expect((await read('{"x": NaN, "y": [-Infinity], "z": "a NaN, \\" Infinity"}\n'))[0]!.row).toEqual({
    x: null,
    y: [null],
    z: 'a NaN, " Infinity',
  })
})

test.each([
  ['{"x": 1},\n', 'No JSON can be read from'],
  ['5\n', 'There is no JSON object in'],
  ['{"x": 1}\n{"x": NaN, "x": 2}\n', ':2: /x occurs twice.'],
  ['[{"x": 1}, 5]', 'object 2 of the list'],
  ['[{"x": 1}', 'No JSON can be read from'],
])('%j is refused', async (content, words) => expect(read(content)).rejects.toThrow(words))
