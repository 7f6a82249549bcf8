import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { TokenizerError, wordPieceTokenizer } from '../../../models/text/wordpiece.ts'
import { backboneFolder, pythonReference, type BackboneName } from './python-reference.ts'

const fileOf = (name: BackboneName) => JSON.parse(readFileSync(`${backboneFolder(name)}/tokenizer.json`, 'utf8'))
const tokenizers = {
  'bge-small-zh': wordPieceTokenizer(fileOf('bge-small-zh'), { lowercaseFirst: true }),
  'all-minilm-l6-v2': wordPieceTokenizer(fileOf('all-minilm-l6-v2')),
}

const names: readonly BackboneName[] = ['bge-small-zh', 'all-minilm-l6-v2']

test.each(names)('the ids of %s are those of Python’s tokenizers, also for odd texts', (name) => {
  for (const { text, [name]: ids } of pythonReference.texts) expect([...tokenizers[name].ids(text)]).toEqual(ids)
})

test.each(names)('any text has ids of the vocabulary of %s', (name) => {
  const { ids, vocabularySize, begin, end, padding } = tokenizers[name]
  expect({ begin, end, padding }).toEqual({ begin: 101, end: 102, padding: 0 })
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(ids(text).every((id) => id >= 0 && id < vocabularySize)).toBe(true)
      expect(ids(`${text} 中`)).toEqual(Int32Array.of(...ids(`${text} `), ...ids('中')))
    }),
  )
})

test('a lone surrogate is one unknown letter, and no error', () => {
  expect(tokenizers['bge-small-zh'].ids('好\ud800好').length).toBeGreaterThan(1)
})

test('a hundred thousand characters take a moment', () => {
  const { ids } = tokenizers['bge-small-zh']
  expect(ids('客户满意，'.repeat(20_000))).toHaveLength(100_000)
  expect(ids('a'.repeat(100_000))).toHaveLength(1)
  expect(ids(' '.repeat(100_000))).toHaveLength(0)
})

test.each([
  [
    'another kind of model',
    { ...fileOf('bge-small-zh'), model: { type: 'BPE', vocab: { a: 0 } } },
    'it has BPE where WordPiece',
  ],
  [
    'another normalizer',
    { ...fileOf('bge-small-zh'), normalizer: { type: 'NFKC' } },
    'it has NFKC where BertNormalizer',
  ],
  ['nothing', null, 'it has nothing where BertNormalizer'],
  ['no vocabulary', { ...fileOf('bge-small-zh'), model: { type: 'WordPiece', vocab: {} } }, 'no vocabulary'],
  ['no marks', { ...fileOf('bge-small-zh'), model: { type: 'WordPiece', vocab: { '[UNK]': 0 } } }, 'has no [CLS]'],
])('a tokenizer of %s is refused', (_, file, message) => {
  expect(() => wordPieceTokenizer(file)).toThrow(TokenizerError)
  expect(() => wordPieceTokenizer(file)).toThrow(message)
})
