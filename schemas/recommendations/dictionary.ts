import {
  array,
  boolean,
  documented,
  event,
  identifier,
  int,
  map,
  nullable,
  record,
  ruled,
  string,
  withDefault,
  type TypeOf,
} from '../avro/schema.ts'
import { itemsAtMost } from '../rules.ts'
import { globalTopic } from '../topic.ts'

/** What salespeople may talk about: needs of customers, and the product characteristics that answer them. */

/** The stages of the sales funnel, from the first on. */
export const stages = ['first contact', 'sale', 'contract', 'retention'] as const
export type Stage = (typeof stages)[number]

/** Not blank, and without NUL. */
export const NOT_BLANK = '^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$'

function wordsUpTo(most: number) {
  return ruled(
    `1 to ${most.toLocaleString('en')} characters`,
    string,
    (text) => text.trim() !== '' && text.length <= most,
    {
      maxLength: most,
      pattern: NOT_BLANK,
    },
  )
}
const words = wordsUpTo(500)

export const Need = record('Need', 'Something that customers want to have solved.', {
  id: identifier,
  name: words,
  category: documented('By the interests of contact persons.', words),
  fieldOfActivity: documented('Only of organisations of this field; null: of all.', nullable(words)),
  segment: documented('Only of organisations of this segment; null: of all.', nullable(words)),
  retired: documented('It is shown no more.', withDefault(boolean, false)),
})
export type Need = TypeOf<typeof Need>

export const Characteristic = record('Characteristic', 'A property of a product that a salesperson can put forward.', {
  id: documented('For ever: models name what they recommend by it.', identifier),
  name: words,
  description: withDefault(string, ''),
  product: documented('null: of all products.', nullable(words)),
  needs: documented('Ids of the needs that it answers.', itemsAtMost(100, array(identifier))),
  advice: documented(
    'What to say, by the stage of the funnel.',
    ruled(
      `keyed by ${stages.join(', ')}`,
      map(wordsUpTo(2_000)),
      (advice) => Object.keys(advice).every((stage) => (stages as readonly string[]).includes(stage)),
      { propertyNames: { enum: [...stages] } },
    ),
  ),
  retired: documented('It is recommended no more.', withDefault(boolean, false)),
})
export type Characteristic = TypeOf<typeof Characteristic>

export const Dictionary = event('Dictionary', 'The catalogues of needs and of characteristics, whole, as they stand.', {
  name: identifier,
  version: documented('One more with each change of any entry; 0: as delivered.', int),
  needs: array(Need),
  characteristics: array(Characteristic),
  changedBy: string,
})
export type Dictionary = TypeOf<typeof Dictionary>

/** The recommender’s dictionary. */
export const DICTIONARY = 'characteristics'

export const dictionaries = globalTopic<Dictionary>({
  name: 'dictionaries',
  schema: Dictionary,
  key: 'name',
  keyOf: (dictionary) => dictionary.name,
  versionOf: ({ version }) => version,
  producer: 'API',
})
