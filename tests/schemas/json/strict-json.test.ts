import fc from 'fast-check'
import { JSON_DEPTH_MAX, JsonError, parseJson } from '../../../schemas/json/strict-json.ts'

const fault = (text: string): { problem: string; path: string } | undefined => {
  try {
    parseJson(text)
    return undefined
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return { problem: error.message, path: error.path }
  }
}

/** Names and texts with everything that a scanner may stumble over. */
const awkward = fc.oneof(
  fc.string({
    unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ':', ',', '/', '~', 'a', '王', '😀', '\n', '\u2028'),
  }),
  fc.string({ unit: 'binary' }),
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    awkward,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      awkward.filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
}))

/** Escapes everything but ASCII, as Python and others do. */
const inAscii = (text: string): string =>
  text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

test('the output of JSON.stringify is read as JSON.parse reads it, in every spelling', () => {
  fc.assert(
    fc.property(value, fc.constantFrom(0, 2, '\t'), (written, indent) => {
      const text = JSON.stringify(written, null, indent)
      const expected: unknown = JSON.parse(text)
      expect(parseJson(text)).toStrictEqual(expected)
      expect(parseJson(inAscii(text))).toStrictEqual(expected)
      expect(parseJson(`\ufeff ${text}\n`)).toStrictEqual(expected)
    }),
    { numRuns: 500 },
  )
})

test('any text is read as JSON.parse reads it, or refused', () => {
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"b"',
    '"\\""',
    '1',
    '-0',
    '1e400',
    'null',
    'NaN',
    ' ',
    '"',
  )
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      const text = tokens.join('')
      const refused = fault(text)
      if (refused === undefined) expect(parseJson(text)).toStrictEqual(JSON.parse(text))
      else if (refused.problem.endsWith('JSON')) expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
    }),
    { numRuns: 5_000 },
  )
})

test('a duplicate name is reported, wherever it is and however it is written', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        awkward.filter((name) => name !== '__proto__'),
        value,
        { minKeys: 1, maxKeys: 5, noNullPrototype: true },
      ),
      fc.array(fc.oneof(fc.nat(3), awkward), { maxLength: 5 }),
      fc.boolean(),
      (members, place, ascii) => {
        const [name] = Object.keys(members) as [string]
        const members2 = `${JSON.stringify(members).slice(0, -1)},${JSON.stringify(name)}:0}`
        const around = place.reduceRight<string>(
          (inner, step) =>
            typeof step === 'number' ? `[${'0,'.repeat(step)}${inner}]` : `{${JSON.stringify(step)}:${inner}}`,
          ascii ? inAscii(members2) : members2,
        )
        if (place.includes('__proto__')) return
        const pointer = [...place, name]
          .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
          .join('')
        expect(fault(around)).toEqual({ problem: 'The name occurs twice.', path: pointer })
      },
    ),
  )
})

test.each([
  ['{"a": {"b": "\\ud800"}}', '/a/b', 'half of a surrogate pair'],
  ['["x", "a\\uDC00b"]', '/1', 'half of a surrogate pair'],
  ['{"\\udbff": 1}', '/\ufffd', 'Its name contains half of a surrogate pair'],
  ['[{"__proto__": {"admin": true}}]', '/0/__proto__', '__proto__'],
  ['{"a": {"\\u005f_proto__": 1}}', '/a/__proto__', '__proto__'],
  ['{"a/b": [1, 1e999]}', '/a~1b/1', 'beyond the range of 64 bits'],
  ['-1e400', '', 'beyond the range of 64 bits'],
  ['{"a": 1, "a": 1e999}', '/a', ''],
  ['', '', 'Unexpected end'],
  ['{"amount": NaN}', '', 'Unexpected token'],
  ['{"a": 1} x', '', 'JSON'],
])('%s is refused', (text, path, problem) => {
  expect(fault(text)).toEqual({ path, problem: expect.stringContaining(problem) })
})

test('constructor and its like are names as any other', () => {
  const text = '{"constructor": {"prototype": {"a": 1}}, "toString": 1, "hasOwnProperty": 2}'
  expect(parseJson(text)).toEqual(JSON.parse(text))
  expect(Object.hasOwn(Object.prototype, 'a')).toBe(false)
})

test.each(['[', '{"a":'])('nesting beyond the limit is refused at once: %s', (open) => {
  const close = open === '[' ? ']' : '}'
  const nested = (levels: number) => `${open.repeat(levels)}${open === '[' ? '' : '1'}${close.repeat(levels)}`
  expect(fault(nested(JSON_DEPTH_MAX))).toBeUndefined()
  expect(fault(nested(JSON_DEPTH_MAX + 1))?.problem).toMatch('nested more than 64 levels deep')
  const started = performance.now()
  expect(fault(open.repeat(8_000_000))?.problem).toMatch('nested more than 64 levels deep')
  expect(performance.now() - started).toBeLessThan(500)
})
