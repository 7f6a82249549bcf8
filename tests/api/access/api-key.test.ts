import { createHash } from 'node:crypto'
import { generateKey, matchesHash, parseKey } from '../../../api/access/api-key.ts'

test('a key has 256 random bits, of which only the hash is kept', () => {
  const { text, id, secretHash } = generateKey()
  const parsed = parseKey(text)!
  expect(parsed.id).toBe(id)
  expect(Buffer.from(parsed.secret, 'base64url')).toHaveLength(32)
  expect(secretHash).toEqual(createHash('sha256').update(parsed.secret).digest())
  expect(generateKey().text).not.toBe(text)
})

test('only the right secret matches', () => {
  const { text, secretHash } = generateKey()
  const { secret } = parseKey(text)!
  expect(matchesHash(secret, secretHash)).toBe(true)
  expect(matchesHash(parseKey(generateKey().text)!.secret, secretHash)).toBe(false)
  expect(matchesHash(secret, secretHash.subarray(1))).toBe(false)
})

test.each([
  '',
  'sl_',
  'sl_0123456789ab_short',
  'eyJhbGciOiJub25lIn0.e30.',
  `x${generateKey().text}`,
  `${generateKey().text}x`,
])('%j is no key', (text) => expect(parseKey(text)).toBeUndefined())
