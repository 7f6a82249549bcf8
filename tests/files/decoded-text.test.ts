import { gzipSync } from 'node:zlib'
import { decodedText } from '../../files/decoded-text.ts'
import { encoded, fileOf } from './scratch.ts'

async function read(content: string | Uint8Array, encoding?: string, name?: string) {
  const said: string[] = []
  let text = ''
  for await (const piece of decodedText(fileOf(content, name), { encoding, onWarning: (one) => said.push(one) }))
    text += piece
  return { text, said }
}

const chinese = 'city,y\n广州,1\n上海,0\n'

test.each([
  ['UTF-8', Buffer.from(chinese)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${chinese}`)],
  ['UTF-16 with a mark', Buffer.from(`\ufeff${chinese}`, 'utf16le')],
  ['UTF-16, the other way, with a mark', encoded(`\ufeff${chinese}`, 'utf-16be')],
])('%s is read without a word', async (_, bytes) => {
  expect(await read(bytes)).toEqual({ text: chinese, said: [] })
})

test('text that is not UTF-8 is read by a guess, which is reported with file, line and byte', async () => {
  const { text, said } = await read(encoded(chinese, 'gb18030'))
  expect(text).toBe(chinese)
  expect(said).toEqual([
    expect.stringMatching(
      /data\.csv:2: byte 1 \(0xb9\) is not UTF-8: .* is read as gb18030, which is a guess; --encoding/,
    ),
  ])
  expect((await read(encoded(chinese, 'gb18030'), 'gbk')).said).toEqual([])
})

test('packed files too', async () => {
  const { text, said } = await read(gzipSync(encoded(chinese, 'gb18030')), undefined, 'data.csv.gz')
  expect([text, said.length]).toEqual([chinese, 1])
})

test('letters that fall on the border of two pieces are whole', async () => {
  const long = `x${'广州上海'.repeat(40_000)}`
  expect((await read(long)).text).toBe(long)
  expect((await read(encoded(long, 'gb18030'), 'gb18030')).text).toBe(long)
})

test('a wrong byte far into the file is found with its line and place', async () => {
  const bytes = Buffer.from(`city\n${'广州\n'.repeat(50_000)}abc?\n`)
  bytes[bytes.length - 2] = 0xff
  await expect(read(bytes)).rejects.toThrow('data.csv:50002: byte 4 (0xff) is not UTF-8, and nothing else fits')
})

test('a wrong byte in the given encoding is found', async () => {
  const bytes = Buffer.concat([encoded('city\n广州\n', 'gb18030'), Buffer.of(0x61, 0xff, 0x0a)])
  await expect(read(bytes, 'gb18030')).rejects.toThrow('data.csv:3: byte 2 (0xff) is not gb18030')
})

test('a file that ends within a letter is refused', async () => {
  await expect(read(Buffer.from('广').subarray(0, 2))).rejects.toThrow('ends within a letter of UTF-8')
})

test('without a listener for the report nothing is guessed', async () => {
  const reading = decodedText(fileOf(encoded(chinese, 'gb18030')))
  await expect(reading.next()).rejects.toThrow('seems to be in gb18030, and must be in UTF-8')
})
