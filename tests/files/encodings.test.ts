import { encodingNamed, guessEncoding, markedEncoding, zeroedEncoding } from '../../files/encodings.ts'
import { encoded } from './scratch.ts'

test.each([
  ['GBK', 'gb18030'],
  ['gb18030', 'gb18030'],
  ['utf-16', 'utf-16le'],
  ['latin1', 'windows-1252'],
  ['cp1251', 'windows-1251'],
])('%s is %s', (label, name) => expect(encodingNamed(label)).toBe(name))

test('an unknown name is refused with the known ones', () => {
  expect(() => encodingNamed('gbq')).toThrow('There is no encoding gbq. There are, among others: utf-8, gb18030')
})

test('byte order marks, and zeros of UTF-16 without one', () => {
  expect(markedEncoding(Buffer.from('\ufeffa'))).toBe('utf-8')
  expect(markedEncoding(Buffer.from('\ufeffa', 'utf16le'))).toBe('utf-16le')
  expect(markedEncoding(encoded('\ufeffa', 'utf-16be'))).toBe('utf-16be')
  expect(markedEncoding(Buffer.from('a,b'))).toBeUndefined()
  expect(zeroedEncoding(Buffer.from('city,y\nx,1\n', 'utf16le'))).toBe('utf-16le')
  expect(zeroedEncoding(encoded('city,y\nx,1\n', 'utf-16be'))).toBe('utf-16be')
  expect(zeroedEncoding(Buffer.from('city,y\n'))).toBeUndefined()
})

test.each([
  ['city,y\n广州,1\n上海,0\n深圳,1\n', 'gb18030'],
  ['город,y\nМосква,1\nКазань,0\nТверь,1\n', 'windows-1251'],
  ['Stadt,y\nKöln,1\nMünchen,0\nFürth,1\n', 'windows-1252'],
  ['name,y\nJosé,1\nRenée,0\n', 'windows-1252'],
] as const)('%j is guessed as %s', (text, encoding) => expect(guessEncoding(encoded(text, encoding))).toBe(encoding))

test('text with one invalid UTF-8 byte is damaged, and not in another encoding', () => {
  const bytes = Buffer.from('city,y\n广州,1\n上海,0\n深圳,1\n')
  bytes[8] = 0x20
  expect(guessEncoding(bytes)).toBeUndefined()
})

test('a file joined of UTF-8 and another encoding is not guessed, since either would garble a part', () => {
  const cities = 'Köln,1\nZürich,2\n'.repeat(20)
  expect(guessEncoding(Buffer.concat([Buffer.from(cities), Buffer.from(cities, 'latin1')]))).toBeUndefined()
  expect(guessEncoding(Buffer.from(cities, 'latin1'))).toBe('windows-1252')
})
