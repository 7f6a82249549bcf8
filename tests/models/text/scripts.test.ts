import { unknownScripts } from '../../../models/text/scripts.ts'

/** Vocabularies of the same size as those of real backbones. */
const han = Array.from({ length: 7_000 }, (_, at) => String.fromCodePoint(0x4e00 + at))
const english = Array.from(
  { length: 15_000 },
  (_, at) =>
    `word${String.fromCharCode(97 + (at % 26))}${'abcdefghij'[Math.floor(at / 26) % 10]!}${'klmnopqrst'[Math.floor(at / 260) % 10]!}${'uvwxyz'[Math.floor(at / 2600) % 6]!}`,
)
const filler = Array.from({ length: 4_000 }, (_, at) => `[unused${at}]`)
const chinese = unknownScripts([...han, ...english.slice(0, 1_200), ...filler])
const latin = unknownScripts([...english, ...han.slice(0, 244)])
const both = unknownScripts([...english, ...han])

test.each([
  ['The client wants a lower rate', 'Latin', undefined],
  ['客户希望利率更低一些', undefined, 'Chinese'],
  ['Le client préfère attendre jusqu’à l’été', 'Latin', undefined],
  ['客户询问 LPR 与 mortgage 的关系，想了解清楚', undefined, 'Chinese'],
  ['Клиент хочет подумать', 'Cyrillic', 'Cyrillic'],
  ['أريد أن أفكر في الأمر', 'Arabic', 'Arabic'],
  ['ok', undefined, undefined],
  ['', undefined, undefined],
  ['2026-11-23 10:00, 5 %', undefined, undefined],
])('%s: %s on a Chinese vocabulary, %s on an English one', (text, onChinese, onEnglish) => {
  expect(chinese(text)).toBe(onChinese)
  expect(latin(text)).toBe(onEnglish)
  if (onChinese === undefined || onEnglish === undefined) expect(both(text)).toBeUndefined()
})

test('a small vocabulary is not judged', () => {
  expect(unknownScripts(['a', 'b', '客'])('The client wants a lower rate')).toBeUndefined()
})

test('a long text costs no more than its beginning', () => {
  expect(chinese(`${'wanted '.repeat(60)}${'客'.repeat(100_000)}`)).toBe('Latin')
})
