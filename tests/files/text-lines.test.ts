import { textLines } from '../../files/text-lines.ts'
import { fileOf } from './scratch.ts'

test('lines end in line feeds alone, whatever else a text may hold', async () => {
  const lines = []
  for await (const line of textLines(fileOf('a\u2028b\u2029c\u0085d\r\n\n e\rf\n\r'))) lines.push(line)
  expect(lines).toEqual([
    { line: 1, text: 'a\u2028b\u2029c\u0085d' },
    { line: 2, text: '' },
    { line: 3, text: ' e\rf' },
    { line: 4, text: '' },
  ])
})

test('an invalid line is refused', async () => {
  const lines = textLines(fileOf('x'.repeat(16_000_001)))
  await expect(lines.next()).rejects.toThrow('a line of more than 16000000 characters')
})
