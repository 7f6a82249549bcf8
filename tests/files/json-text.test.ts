import { jsonText, parseJson } from '../../files/json-text.ts'

test('whole numbers beyond 2^53 keep their digits, there and back', () => {
  const text =
    '{"id":1234567890123456789,"n":[-9007199254740993,1],"x":0.1234567890123456789,"e":1e30,"s":"1234567890123456789"}'
  expect(parseJson(text)).toEqual({
    id: 1_234_567_890_123_456_789n,
    n: [-9_007_199_254_740_993n, 1],
    x: 0.123_456_789_012_345_68,
    e: 1e30,
    s: '1234567890123456789',
  })
  expect(jsonText(parseJson('{"id":1234567890123456789}'))).toBe('{"id":1234567890123456789}')
  expect(parseJson('{"id":1700000000000000}')).toEqual({ id: 1_700_000_000_000_000 })
})

test('text that is not JSON is an error', () => expect(() => parseJson('{1234567890123456789')).toThrow(SyntaxError))

test('a name that an object has twice is refused, with its place', () => {
  expect(() => parseJson('{"age":31,"job":{"a":1,"\\u0061":2}}')).toThrow(new SyntaxError('/job/a occurs twice.'))
  expect(() => parseJson('[{"x":1},{"id":1234567890123456789,"id":3}]')).toThrow('/1/id occurs twice.')
  expect(parseJson('{"a":{"a":":\\":{"},"b":[{"a":1},{"a":2}]}')).toEqual({ a: { a: ':":{' }, b: [{ a: 1 }, { a: 2 }] })
})
